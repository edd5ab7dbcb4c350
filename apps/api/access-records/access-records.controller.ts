import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { listReads } from '#access/reads.js';
import { ReadModel } from '#queries/read-model.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { actor, listOf, orNull, page, record, time, whole, word } from '../reading/shape.js';
import { Cursor, Line, Time, Whole } from '../validation/fields.js';
import { Trail } from './trail.js';

/** Readings are no part of the log: they are asked for by time, never as of a position in it. */
class AccessQuestion {
  @Line({ max: 200, optional: true, description: 'Of one subject alone, as tokens name it', example: 'auditor' })
  actor?: string;

  @Time({ optional: true, description: 'At this time or later', example: '2024-01-01T00:00:00Z' })
  from?: string;

  @Time({ optional: true, description: 'At this time or earlier', example: '2024-12-31T23:59:59Z' })
  to?: string;

  @Whole({ min: 1, max: 500, default: 50, optional: true, description: 'How many items at most' })
  limit!: number;

  @Cursor({ optional: true, description: 'The `next` of the page before' })
  cursor?: string;
}

const reading = record({
  id: whole('In the order of recording', 17),
  at: time('When it was read'),
  actor: actor(),
  door: word('What was used', 'GET /v1/events/{eventId}'),
  asked: { type: 'object', description: 'With what: the parts of the address, the filter', example: { stream: 'priority-csto-2024.2' }, additionalProperties: true },
  reports: listOf(word('A report seen that was not accepted, or no longer', '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47')),
  position: orNull(word('The log position that the answer was of', '1042')),
  traceId: orNull(word('By which the logs of the service know the request', '4bf92f3577b34da6a3ce929d0e0e4736')),
});

@ApiTags('The log')
@Controller('v1')
export class AccessRecordsController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('access-records', {
    operationId: 'listAccessRecords',
    summary: 'Who read the raw log, or reports that were not accepted: when, and what',
    description: 'In the order of recording, apart from the log.',
    roles: ['auditor'],
    answer: page(reading),
    recorded: 'always',
  })
  list(@HttpExchange() exchange: Exchange, @Query() question: AccessQuestion) {
    const { actor, from, to } = question;
    const filter = { actor, from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) };
    return this.reader.list(exchange, question, {
      read: async (_, { after, limit }) => {
        const items = await listReads(this.model.side.db, filter, { limit, ...(after && { after: Number(after[0]) }) });
        await this.trail.leave(exchange, {});
        return items;
      },
      placeOf: ({ id }) => [id],
      place: [17],
    });
  }
}
