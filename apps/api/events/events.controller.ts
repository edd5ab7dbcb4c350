import { Readable } from 'node:stream';
import { Controller, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BEGINNING, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { exportLines } from '#ledger/export-lines.js';
import { exportEvents, listEvents, readEvent, type EventFilter } from '#queries/event-log.js';
import { ReadModel } from '#queries/read-model.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { Unhurried } from '../request/deadline.js';
import { Offers } from '../request/negotiation.js';
import { Line, LogPosition, Whole } from '../validation/fields.js';
import { eventShape, eventsShape } from './event-shapes.js';

class LogQuestion extends Question {
  @LogPosition({ optional: true, description: 'The position after which the events begin', example: '0' })
  after?: string;

  @Whole({ min: 1, max: 500, optional: true, description: 'How many events at most; 50 in a page of JSON, all in NDJSON where absent', example: 50 })
  limit?: number;

  @Line({ max: 200, optional: true, description: 'One stream alone', example: 'priority-csto-2024.2' })
  stream?: string;

  @Line({ max: 100, optional: true, description: 'One type alone', example: 'PriorityProposed' })
  type?: string;

  @Line({ max: 200, optional: true, description: 'Of one subject alone, as tokens name it', example: 'liaison-kg' })
  actor?: string;
}

const NDJSON = 'application/x-ndjson';

@ApiTags('The log')
@Controller('v1')
export class EventsController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('events', {
    operationId: 'listEvents',
    summary: 'The raw log',
    description:
      'As JSON, page by page: `next` is the `after` of the next page, which may be there though a page is short. ' +
      `As \`${NDJSON}\`: one CloudEvent (1.0, JSON) a line, all at once, in the canonical form (RFC 8785) that the ledger proves.`,
    roles: ['auditor'],
    answer: eventsShape,
    recorded: 'always',
  })
  @Offers('application/json', NDJSON)
  @Unhurried()
  async list(@HttpExchange() exchange: Exchange, @Query() question: LogQuestion): Promise<string | StreamableFile> {
    const { after = BEGINNING, limit, stream, type, actor } = question;
    const filter = { stream, type, actor };
    const at = await this.reader.momentOf(question);
    await this.trail.leave(exchange, { position: at.position });
    if (exchange.request.accepts(['application/json', NDJSON]) === NDJSON) {
      exchange.response.set({ 'Log-Position': at.position, Vary: 'Accept, Authorization' });
      const lines = Readable.from(exportLines(this.matching(filter, after, at.position, limit)), { objectMode: false });
      // Cut short, it must not end as a whole one does; nor is that ever the client's fault, as Nest would say.
      return new StreamableFile(lines, { type: NDJSON }).setErrorHandler(() => exchange.response.destroy());
    }
    const page = await listEvents(this.model.store, filter, { after, upTo: at.position, limit: limit ?? 50 });
    return this.reader.send(exchange, question, at, page);
  }

  @ReadDoor('events/:eventId', {
    operationId: 'readEvent',
    summary: 'One event of the raw log',
    roles: ['auditor'],
    answer: eventShape,
    recorded: 'always',
    absent: 'EVENT_UNKNOWN',
  })
  async read(@PathId('eventId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    const at = await this.reader.momentOf(question);
    const event = await readEvent(this.model.store, this.reader.reading(exchange, at), id);
    if (!event) throw new Problem('EVENT_UNKNOWN', 'The log has no event with this id.');
    await this.trail.leave(exchange, { position: at.position });
    exchange.response.set('Log-Position', at.position);
    return documentText(exchange, event);
  }

  private async *matching(filter: EventFilter, after: Position, upTo: Position, limit = Infinity): AsyncGenerator<RecordedEvent> {
    let left = limit;
    for await (const event of exportEvents(this.model.store, filter, after, upTo)) {
      if (left-- === 0) return;
      this.model.closing.throwIfAborted();
      yield event;
    }
  }
}
