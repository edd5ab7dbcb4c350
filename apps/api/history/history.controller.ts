import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { RejectionCode } from '#domain/rejection.js';
import { readHistory, type ThingKind } from '#queries/history.js';
import { ReadModel } from '#queries/read-model.js';
import { isOwnReport } from '#queries/reports.js';
import type { Reading } from '#queries/rows.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { actor, anything, day, decision, listOf, page, record, time, whole, word } from '../reading/shape.js';

const historyShape = page(
  record(
    {
      position: word('In the log', '1042'),
      revision: whole('In the thing’s own history, from 0', 3),
      type: word('What happened', 'CommitmentRescheduled'),
      recordedAt: time('When the log took it'),
      occurredOn: day('When it happened, as its actor says'),
      actor: actor(),
      decision: decision(),
      changes: listOf(
        record({
          field: word('JSON Pointer into the thing', '/due'),
          from: anything('What it was; null where it was nothing'),
          to: anything('What it became; null where it is nothing any more'),
        }),
      ),
    },
    ['decision'],
  ),
);

const HistoryDoor = (things: string, id: string, operationId: string, absent: RejectionCode) =>
  ReadDoor(`${things}/:${id}/history`, {
    operationId,
    summary: 'Its events in order: who, when, under which decision, and what changed from what to what',
    answer: historyShape,
    absent,
  });

@ApiTags('History')
@Controller('v1')
export class HistoryController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
  ) {}

  @HistoryDoor('agendas', 'agendaId', 'readAgendaHistory', 'AGENDA_UNKNOWN')
  agenda(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.history(exchange, question, 'agenda', id, 'AGENDA_UNKNOWN');
  }

  @HistoryDoor('bodies', 'bodyId', 'readBodyHistory', 'BODY_UNKNOWN')
  body(@PathId('bodyId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.history(exchange, question, 'body', id, 'BODY_UNKNOWN');
  }

  @HistoryDoor('priorities', 'priorityId', 'readPriorityHistory', 'PRIORITY_UNKNOWN')
  priority(@PathId('priorityId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.history(exchange, question, 'priority', id, 'PRIORITY_UNKNOWN');
  }

  @HistoryDoor('commitments', 'commitmentId', 'readCommitmentHistory', 'COMMITMENT_UNKNOWN')
  commitment(@PathId('commitmentId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.history(exchange, question, 'commitment', id, 'COMMITMENT_UNKNOWN');
  }

  @HistoryDoor('reports', 'reportId', 'readReportHistory', 'REPORT_UNKNOWN')
  report(@PathId('reportId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    // Of others' reports the accepted one is seen, not what was said and returned on the way there.
    const isKnown = (reading: Reading) => isOwnReport(reading, id);
    return this.history(exchange, question, 'report', id, 'REPORT_UNKNOWN', isKnown);
  }

  private history(
    exchange: Exchange,
    question: ListQuestion,
    kind: ThingKind,
    id: string,
    absent: RejectionCode,
    isKnown: (reading: Reading) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<string> {
    const read = async (reading: Reading, { after, limit }: { after?: readonly (string | number)[]; limit: number }) => {
      if (!(await isKnown(reading))) return undefined;
      const items = await readHistory(this.model.store, kind, id, reading.at, { limit, ...(after && { after: Number(after[0]) }) });
      return items.length === 0 && !after ? undefined : items;
    };
    return this.reader.list(exchange, question, { read, placeOf: ({ revision }) => [revision], place: [0] }, absent);
  }
}
