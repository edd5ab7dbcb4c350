import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readReportingCycle } from '#queries/reporting-cycle.js';
import { readReviewQueue } from '#queries/review-queue.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { day, document, flag, listOf, orNull, page, record, stateCode, timeliness, whole, word } from '../reading/shape.js';
import { reportFields } from '../reports/report-shapes.js';
import { Line } from '../validation/fields.js';

class CycleQuestion extends Question {
  @Line({ max: 64, optional: true, description: 'One reporting period alone', example: '2024-Q1' })
  period?: string;
}

const cycleShape = document({
  agenda: word('Of the agenda', 'csto-2024'),
  periods: listOf(
    record({
      id: word('Of the period', '2024-Q1'),
      from: day(),
      to: day(),
      due: day('The last day on which a report is on time'),
      lockedFrom: orNull(day('From that day on what was reported stays as it is')),
      locked: flag('Whether that day has come'),
      reporters: listOf(
        record({
          reporter: { anyOf: [record({ state: stateCode() }), record({ body: word('Of the body', 'ksopn') })] },
          name: word('Of the state or body', 'Кыргызстан'),
          owed: whole('On how much it owes reports', 15),
          received: whole('On how much it has reported', 14),
          late: whole('Of these, after the due day', 1),
          timeliness: timeliness(),
          missing: listOf(record({ subject: word('Of the priority or commitment', 'csto-2024.2.1'), number: word('In the agenda', '2.1'), title: word('Of it', 'Завершить формирование правовой базы') })),
        }),
      ),
    }),
  ),
});

@ApiTags('Reporting')
@Controller('v1/agendas/:agendaId')
export class ReportingController {
  constructor(
    private readonly reader: Reader,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('reporting-cycle', {
    operationId: 'readReportingCycle',
    summary: 'Period by period, who owes reports on what, who has reported all, and who is late',
    description: 'States owe on everything that is proposed or agreed while they take part; bodies on what is assigned to them.',
    answer: cycleShape,
    absent: 'AGENDA_UNKNOWN',
  })
  cycle(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: CycleQuestion) {
    return this.reader.answer(exchange, question, 'AGENDA_UNKNOWN', (reading) => readReportingCycle(reading, id, question.period));
  }

  @ReadDoor('review-queue', {
    operationId: 'readReviewQueue',
    summary: 'Reports that wait to be accepted or returned, those first that have waited longest',
    description: '`mayReview` is false where the reader submitted the report: nobody reviews their own.',
    roles: ['secretariat', 'chair', 'auditor'],
    recorded: 'drafts',
    answer: page(record({ ...reportFields(), mayReview: flag('Whether the reader may accept or return it') })),
  })
  queue(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.reader.list(exchange, question, {
      read: async (reading, { after, limit }) => {
        const waiting = await readReviewQueue(reading, id, exchange.request.actor!, { limit, ...(after && { after: [String(after[0]), String(after[1])] }) });
        await this.trail.leaveOfDrafts(exchange, reading, waiting.slice(0, question.limit).map((report) => report.id));
        return waiting;
      },
      placeOf: ({ reportedAt, id: report }) => [reportedAt, report],
      place: ['2024-03-28T09:15:00.000Z', '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47'],
    });
  }
}
