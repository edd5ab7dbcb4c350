import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readObligations } from '#queries/obligations.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { day, delivery, document, flag, listOf, orNull, percent, record, reportStatus, stateCode, subjectKind, time, timeliness, word } from '../reading/shape.js';
import { Slug } from '../validation/fields.js';

class ObligationsQuestion extends Question {
  @Slug({ optional: true, description: 'One agenda alone', example: 'csto-2024' })
  agenda?: string;
}

const obligation = record({
  agenda: word('Of the agenda', 'csto-2024'),
  subject: word('Of the priority or commitment', 'csto-2024.2.1'),
  kind: subjectKind(),
  number: word('In the agenda', '2.1'),
  title: word('Of the priority, or the commitment’s text', 'Завершить формирование правовой базы'),
  period: word('The reporting period', '2024-Q1'),
  due: day(),
  timeliness: timeliness(),
  report: orNull(
    record({
      id: { type: 'string', format: 'uuid', example: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' },
      status: reportStatus(),
      delivery: delivery(),
      percent: orNull(percent()),
      reportedAt: time(),
      late: flag('It was received after its period’s due day'),
    }),
  ),
});

@ApiTags('States')
@Controller('v1')
export class StateReadsController {
  constructor(
    private readonly reader: Reader,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('states/:state/obligations', {
    operationId: 'readObligations',
    summary: 'What one state owes, has reported and is late with',
    answer: document({ state: stateCode(), name: word('Of the state', 'Кыргызстан'), items: listOf(obligation) }),
    recorded: 'drafts',
    absent: 'STATE_ABSENT',
  })
  obligations(@PathId('state') state: string, @HttpExchange() exchange: Exchange, @Query() question: ObligationsQuestion) {
    return this.reader.answer(exchange, question, 'STATE_ABSENT', async (reading) => {
      const owed = await readObligations(reading, state, question.agenda);
      const reports = owed?.items.flatMap(({ report }) => (report && report.status !== 'accepted' ? [report.id] : [])) ?? [];
      await this.trail.leaveOfDrafts(exchange, reading, reports);
      return owed;
    });
  }
}
