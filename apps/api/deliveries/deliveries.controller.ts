import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { kindsOf } from '#delivery/channels.js';
import { editionOccasion } from '#delivery/follow-log.js';
import { addMessages, listMessages, sendAgain, type MessageStatus } from '#delivery/messages.js';
import { deliveryStatus } from '#delivery/status.js';
import { reject } from '#domain/rejection.js';
import { findEdition, registerOf } from '#queries/editions.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { flag, listOf, oneOf, orNull, record, stateCode, time, whole, word } from '../reading/shape.js';
import { EditionId, OneOf, Slug, State, Whole } from '../validation/fields.js';

const STATUSES: readonly MessageStatus[] = ['waiting', 'sent', 'delivered', 'failed'];

class DeliveriesQuestion {
  @EditionId({ optional: true, description: 'An edition’s id', example: 'csto-2024.e1' })
  edition?: string;

  @Slug({ optional: true, description: 'An agenda’s id', example: 'csto-2024' })
  agenda?: string;

  @State({ optional: true, description: 'To whom it is sent' })
  state?: string;

  @OneOf(STATUSES, { optional: true, description: '`failed` are those that are no longer tried' })
  status?: MessageStatus;

  @Whole({ min: 1, max: 500, default: 50, optional: true, description: 'How many at most, the newest first' })
  limit!: number;
}

class SendAgain {
  @State({ description: 'To whom it is sent again', example: 'KG' })
  state!: string;
}

const messageShape = record({
  id: word('The receiver’s idempotency key: the same however often it is sent', '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e'),
  kind: oneOf(['edition', 'reminder', 'returned', 'lapsed'], 'What it is about'),
  state: stateCode(),
  channel: oneOf(['webhook', 'email'], 'By which it is sent'),
  agenda: word('Of the agenda', 'csto-2024'),
  edition: orNull(word('Of the edition, where it is one', 'csto-2024.e1')),
  status: oneOf(STATUSES, 'Where it stands'),
  round: whole('How often it was asked to be sent again', 0),
  madeAt: time('When it was made'),
  nextAt: orNull(time('When it is tried next')),
  settledAt: orNull(time('When it was settled')),
  detail: orNull(word('What the last attempt came to', 'the receiver answered 500')),
  attempts: listOf(record({ at: time(), outcome: oneOf(['delivered', 'retry', 'refused'], 'What it came to'), detail: word('More of that', 'the receiver answered 500') })),
});

const jobsShape = record({
  running: flag('Whether a process takes care of deliveries now'),
  followed: orNull(word('How far along the log deliveries have been made of it', '1042')),
  messages: record({
    waiting: whole('Wait for an attempt', 0),
    due: whole('Of these, the time has come', 0),
    sent: whole('Were sent, and that is not recorded in the log yet', 0),
    delivered: whole('Arrived', 12),
    failed: whole('Are no longer tried', 0),
  }),
  nextAt: orNull(time('When the first of those that wait is tried')),
  silence: listOf(record({ edition: word('Of the edition', 'csto-2024.e1'), deadline: time('When silence is recorded') })),
  reminders: record({ sent: whole('Messages that reminded', 3), quiet: whole('Occasions on which a state had reported all', 3) }),
});

@ApiTags('Deliveries')
@Controller('v1')
export class DeliveriesController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
  ) {}

  @ReadDoor('jobs', {
    operationId: 'readJobs',
    summary: 'What is on its way to the states, and what waits for the clock',
    roles: ['operator', 'secretariat', 'auditor'],
    answer: jobsShape,
  })
  async jobs(@HttpExchange() exchange: Exchange): Promise<string> {
    const { db, clock } = this.model.side;
    return documentText(exchange, await deliveryStatus(db, this.model.side, clock()));
  }

  @ReadDoor('deliveries', {
    operationId: 'listDeliveries',
    summary: 'Messages to the states with every attempt, the newest first',
    roles: ['operator', 'chair', 'secretariat', 'auditor'],
    answer: record({ items: listOf(messageShape) }),
  })
  async list(@HttpExchange() exchange: Exchange, @Query() question: DeliveriesQuestion): Promise<string> {
    return documentText(exchange, { items: await listMessages(this.model.side.db, question, question.limit) });
  }

  @Post('editions/:editionId/deliveries')
  @HttpCode(202)
  @Reads('chair', 'secretariat')
  @ApiOperation({
    operationId: 'sendEditionAgain',
    summary: 'Have an edition sent to a state again, by the channels that it has',
    description: 'Under the same id as before, so that the receiver can tell that it is the same. For the roles: chair, secretariat.',
  })
  @ApiResponse({ status: 202, description: 'It is on its way', schema: record({ channels: listOf(oneOf(['webhook', 'email'], 'By which')) }) })
  @problemResponses([
    'MALFORMED_JSON', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'BODY_TOO_LARGE',
    'MEDIA_TYPE_UNSUPPORTED', 'FIELDS_INVALID', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'TIMED_OUT',
    'EDITION_UNKNOWN', 'NOT_A_RECIPIENT', 'NOTHING_TO_SEND_AGAIN',
  ])
  async sendAgain(@PathId('editionId') id: string, @HttpExchange() exchange: Exchange, @Body() { state }: SendAgain) {
    const { db, clock } = this.model.side;
    const reading = this.reader.reading(exchange, await this.reader.momentOf({}));
    const edition = await findEdition(reading, id);
    if (!edition) throw new Problem('EDITION_UNKNOWN', `${id} was never dispatched.`);
    const { recipients } = await registerOf(reading, edition);
    if (!recipients.some((one) => one.state === state)) reject('NOT_A_RECIPIENT', `${id} was not sent to ${state}.`);
    const now = clock();
    const again = await sendAgain(db, id, state, exchange.request.actor!.subject, now);
    // By channels that the state has got since, it was never sent.
    const others = (await kindsOf(db, state)).filter((channel) => !again.includes(channel));
    const occasion = editionOccasion(id);
    const made = await addMessages(db, others.map((channel) => ({ kind: 'edition', payload: { edition: id }, agenda: edition.agenda, state, channel, occasion })), now);
    if (again.length + made === 0) throw new Problem('NOTHING_TO_SEND_AGAIN', `${state} has no channel by which ${id} is not on its way already.`);
    return { channels: made === 0 ? again : [...again, ...others] };
  }
}
