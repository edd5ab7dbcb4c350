import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EVENT_TYPES, type EventType } from '#domain/catalogue.js';
import type { RejectionCode } from '#domain/rejection.js';
import type { ThingKind } from '#domain/things.js';
import { isPosition } from '#event-store/position.js';
import { inWords } from '#queries/history-words.js';
import { hasHistory, readHistory, type Bound } from '#queries/history.js';
import { ReadModel } from '#queries/read-model.js';
import { reportsOn } from '#queries/reports-on.js';
import { isOwnReport } from '#queries/reports.js';
import type { Reading } from '#queries/rows.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, languageOf, type Exchange } from '../reading/exchange.js';
import { ListQuestion } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { page, record } from '../reading/shape.js';
import { Line, Moment as MomentField, OneOf } from '../validation/fields.js';
import { historyItemProperties, OPTIONAL_OF_HISTORY_ITEM } from './history-shapes.js';

class HistoryQuestion extends ListQuestion {
  @Line({ max: 200, optional: true, description: 'What one subject did alone, as tokens name it', example: 'liaison-kg' })
  actor?: string;

  @OneOf(EVENT_TYPES, { optional: true, description: 'One type of event alone' })
  type?: EventType;

  @MomentField({ optional: true, description: 'Recorded at this log position or RFC 3339 time, or later', example: '2024-01-01T00:00:00Z' })
  from?: string;

  @MomentField({ optional: true, description: 'Recorded at this log position or RFC 3339 time, or earlier', example: '2024-12-31T23:59:59Z' })
  to?: string;
}

const HistoryDoor = (things: string, id: string, operationId: string, absent: RejectionCode) =>
  ReadDoor(`${things}/:${id}/history`, {
    operationId,
    summary: 'Its events in order: who, when, under which decision, and what changed from what to what',
    description:
      'An amendment by which the acceptance of reports lapses names them; it stands in their histories too, as their subject’s event.',
    recorded: 'drafts',
    answer: page(record(historyItemProperties, OPTIONAL_OF_HISTORY_ITEM)),
    absent,
  });

@ApiTags('History')
@Controller('v1')
export class HistoryController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly trail: Trail,
  ) {}

  @HistoryDoor('agendas', 'agendaId', 'readAgendaHistory', 'AGENDA_UNKNOWN')
  agenda(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    return this.history(exchange, question, 'agenda', id, 'AGENDA_UNKNOWN');
  }

  @HistoryDoor('bodies', 'bodyId', 'readBodyHistory', 'BODY_UNKNOWN')
  body(@PathId('bodyId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    return this.history(exchange, question, 'body', id, 'BODY_UNKNOWN');
  }

  @HistoryDoor('priorities', 'priorityId', 'readPriorityHistory', 'PRIORITY_UNKNOWN')
  priority(@PathId('priorityId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    return this.history(exchange, question, 'priority', id, 'PRIORITY_UNKNOWN');
  }

  @HistoryDoor('commitments', 'commitmentId', 'readCommitmentHistory', 'COMMITMENT_UNKNOWN')
  commitment(@PathId('commitmentId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    return this.history(exchange, question, 'commitment', id, 'COMMITMENT_UNKNOWN');
  }

  @HistoryDoor('reports', 'reportId', 'readReportHistory', 'REPORT_UNKNOWN')
  report(@PathId('reportId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    // Of others' reports the accepted one is seen, not what was said and returned on the way there.
    const isKnown = (reading: Reading) => isOwnReport(reading, id);
    return this.history(exchange, question, 'report', id, 'REPORT_UNKNOWN', isKnown);
  }

  @HistoryDoor('editions', 'editionId', 'readEditionHistory', 'EDITION_UNKNOWN')
  edition(@PathId('editionId') id: string, @HttpExchange() exchange: Exchange, @Query() question: HistoryQuestion) {
    return this.history(exchange, question, 'edition', id, 'EDITION_UNKNOWN');
  }

  private history(
    exchange: Exchange,
    question: HistoryQuestion,
    kind: ThingKind,
    id: string,
    absent: RejectionCode,
    isKnown: (reading: Reading) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<string> {
    const { actor, type } = question;
    const filter = { actor, type, ...boundsOf(question) };
    const language = languageOf(exchange.request, question.lang);
    const read = async (reading: Reading, { after, limit }: { after?: readonly (string | number)[]; limit: number }) => {
      if (!(await isKnown(reading))) return undefined;
      const ground = { store: this.model.store, reportsOn: (subject: string) => reportsOn(reading, subject) };
      const page = { ...filter, limit, ...(after && { after: String(after[0]) }) };
      const items = await readHistory(ground, kind, id, reading.at.position, page);
      if (items.length === 0 && !(await hasHistory(this.model.store, kind, id, reading.at.position))) return undefined;
      // Also an accepted report's history shows what was said before it was accepted.
      if (kind === 'report') await this.trail.leaveOfDrafts(exchange, reading, [id]);
      return items.map((item) => inWords(item, language));
    };
    return this.reader.list(exchange, question, { read, placeOf: ({ position }) => [position], place: ['1042'] }, absent);
  }
}

const boundsOf = ({ from, to }: HistoryQuestion) => ({
  ...(from !== undefined && { from: boundOf(from) }),
  ...(to !== undefined && { to: boundOf(to) }),
});

const boundOf = (text: string): Bound => (isPosition(text) ? { position: text } : { time: new Date(text) });
