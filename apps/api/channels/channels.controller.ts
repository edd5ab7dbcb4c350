import { Body, Controller, Delete, HttpCode, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { channelsOf, removeChannel, rotateSecret, setEmail, setWebhook, type ChannelKind, type Change } from '#delivery/channels.js';
import { targetFlaw, type TargetFlaw } from '#delivery/webhook/target.js';
import { reject } from '#domain/rejection.js';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';
import { isMemberOfAny } from '#queries/agendas.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { DeliveryDesk } from '../deliveries/delivery-desk.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { language, listOf, record, stateCode, time, word, type Shape } from '../reading/shape.js';
import { ListOf, OneOf, WebAddress } from '../validation/fields.js';
import { emailAddressKind } from '../validation/kinds.js';

class NewWebhook {
  @WebAddress({ description: 'Where messages are posted to; https, and a public address', example: 'https://hooks.mfa.example/mindet' })
  url!: string;
}

class NewEmail {
  @ListOf(emailAddressKind, { min: 1, max: 10 })
  addresses!: string[];

  @OneOf(LANGUAGES, { description: 'Of the letters' })
  language!: Language;
}

const changed = (): Record<string, Shape> => ({ changedAt: time('When it was last changed'), changedBy: word('By whom', 'secretariat') });
const webhook = (): Record<string, Shape> => ({
  url: word('Where messages are posted to', 'https://hooks.mfa.example/mindet'),
  previousSignsUntil: time('Until when the secret before the present one also signs; absent where there is none'),
  ...changed(),
});
const email = (): Record<string, Shape> => ({ addresses: listOf(word('Of a mailbox', 'desk@mfa.example')), language: language(), ...changed() });
const channelsShape = record(
  { state: stateCode(), webhook: record(webhook(), ['previousSignsUntil']), email: record(email()) },
  ['webhook', 'email'],
);
const secretShape = record(
  {
    secret: word('Shown this once: keep it. `whsec_` and the key in base64, as Standard Webhooks has it', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'),
    previousSignsUntil: time('Until when the secret before it also signs'),
  },
  ['secret', 'previousSignsUntil'],
);

const TROUBLES: readonly ProblemCode[] = [
  'MALFORMED_JSON', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED', 'FIELDS_INVALID', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'TIMED_OUT', 'STATE_ABSENT',
];

const ChannelDoor = (operationId: string, summary: string, answers: readonly (readonly [status: number, description: string, schema?: Shape])[], refusals: readonly ProblemCode[] = []) =>
  (target: object, key: string | symbol, descriptor: PropertyDescriptor) => {
    const decorators = [
      Reads('secretariat'),
      ApiOperation({ operationId, summary, description: 'For the role: secretariat.' }),
      ...answers.map(([status, description, schema]) => ApiResponse({ status, description, ...(schema && { schema }) })),
      problemResponses([...TROUBLES, ...refusals]),
    ];
    for (const decorate of decorators) decorate(target, key, descriptor);
  };

/** By what a state receives what is sent to it. What takes neither is fetched: `GET /v1/editions/{editionId}/content`. */
@ApiTags('Channels')
@Controller('v1/states/:state/channels')
export class ChannelsController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly desk: DeliveryDesk,
  ) {}

  @ReadDoor('', {
    operationId: 'readChannels',
    summary: 'By what a state receives; never a secret',
    description: 'A liaison sees its own state’s.',
    roles: ['secretariat', 'liaison', 'auditor'],
    answer: channelsShape,
    absent: 'STATE_ABSENT',
  })
  async read(@PathId('state') state: string, @HttpExchange() exchange: Exchange): Promise<string> {
    const { actor } = exchange.request;
    if (actor!.role === 'liaison' && actor!.state !== state) reject('ROLE_NOT_ALLOWED', `The channels of ${state} are shown to its own liaison.`);
    await this.requireMember(exchange, state);
    const { db, clock } = this.model.side;
    return documentText(exchange, { state, ...(await channelsOf(db, state, clock())) });
  }

  @Put('webhook')
  @ChannelDoor(
    'setWebhook',
    'Set where a state’s webhooks go',
    [[201, 'It is set, with a secret that is shown this once', secretShape], [200, 'It goes elsewhere now; its secret stays', secretShape]],
    ['CHANNEL_URL_INVALID', 'CHANNEL_URL_SCHEME', 'CHANNEL_HOST_NOT_ALLOWED', 'CHANNEL_ADDRESS_PRIVATE'],
  )
  async setWebhook(@PathId('state') state: string, @HttpExchange() exchange: Exchange, @Body() { url }: NewWebhook) {
    await this.requireMember(exchange, state);
    const flaw = targetFlaw(url, this.desk.rules);
    if (flaw) throw new Problem(flaw, FLAWS[flaw], { errors: [{ pointer: '/url', detail: FLAWS[flaw] }] });
    const secret = await setWebhook(this.model.side.db, this.desk.secrets, state, url, this.change(exchange));
    exchange.response.status(secret === undefined ? 200 : 201);
    return { ...(secret !== undefined && { secret }) };
  }

  @Post('webhook/secret')
  @HttpCode(201)
  @ChannelDoor('rotateWebhookSecret', 'Make a new secret for a state’s webhooks; the old one signs beside it for a day', [[201, 'The new secret, shown this once', secretShape]], ['CHANNEL_UNKNOWN'])
  async rotate(@PathId('state') state: string, @HttpExchange() exchange: Exchange) {
    await this.requireMember(exchange, state);
    return (await rotateSecret(this.model.side.db, this.desk.secrets, state, this.change(exchange))) ?? unknown(state, 'webhook');
  }

  @Put('email')
  @ChannelDoor('setEmail', 'Set where a state’s letters go', [[201, 'It is set', record(email())], [200, 'They go elsewhere now', record(email())]])
  async setEmail(@PathId('state') state: string, @HttpExchange() exchange: Exchange, @Body() { addresses, language }: NewEmail) {
    await this.requireMember(exchange, state);
    const made = await setEmail(this.model.side.db, state, addresses, language, this.change(exchange));
    exchange.response.status(made ? 201 : 200);
    return (await channelsOf(this.model.side.db, state, this.model.side.clock())).email!;
  }

  @Delete('webhook')
  @HttpCode(204)
  @ChannelDoor('removeWebhook', 'Send a state no more webhooks', [[204, 'There is none any more']], ['CHANNEL_UNKNOWN'])
  removeWebhook(@PathId('state') state: string, @HttpExchange() exchange: Exchange): Promise<void> {
    return this.remove(state, 'webhook', exchange);
  }

  @Delete('email')
  @HttpCode(204)
  @ChannelDoor('removeEmail', 'Send a state no more letters', [[204, 'There is none any more']], ['CHANNEL_UNKNOWN'])
  removeEmail(@PathId('state') state: string, @HttpExchange() exchange: Exchange): Promise<void> {
    return this.remove(state, 'email', exchange);
  }

  private async remove(state: string, kind: ChannelKind, exchange: Exchange): Promise<void> {
    await this.requireMember(exchange, state);
    if (!(await removeChannel(this.model.side.db, state, kind, this.change(exchange)))) unknown(state, kind);
  }

  private async requireMember(exchange: Exchange, state: string): Promise<void> {
    const reading = this.reader.reading(exchange, await this.reader.momentOf({}));
    if (!(await isMemberOfAny(reading, state))) throw new Problem('STATE_ABSENT', `${state} is a member state of no agenda.`);
  }

  private change({ request }: Exchange): Change {
    return { by: request.actor!.subject, at: this.model.side.clock() };
  }
}

const FLAWS: Readonly<Record<TargetFlaw, string>> = {
  CHANNEL_URL_INVALID: 'It must be an address without a user, a password or a fragment.',
  CHANNEL_URL_SCHEME: 'It must begin with https://.',
  CHANNEL_HOST_NOT_ALLOWED: 'Its host is not among those that this service may send to (WEBHOOK_ALLOWED_HOSTS).',
  CHANNEL_ADDRESS_PRIVATE: 'It stands for an address inside a network, and this service sends to public ones alone (WEBHOOK_PRIVATE_NETWORKS).',
};

function unknown(state: string, kind: ChannelKind): never {
  throw new Problem('CHANNEL_UNKNOWN', `${state} has no ${kind}.`);
}
