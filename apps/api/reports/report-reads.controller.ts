import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DELIVERIES, REPORT_STATUSES, type Delivery, type ReportStatus } from '#domain/vocabulary.js';
import { listReports, readReport } from '#queries/reports.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { document, page, record } from '../reading/shape.js';
import { Line, OneOf, Slug, State, SubjectId } from '../validation/fields.js';
import { reportFields } from './report-shapes.js';

class ReportsQuestion extends ListQuestion {
  @Slug({ optional: true, description: 'An agenda’s id', example: 'csto-2024' })
  agenda?: string;

  @SubjectId({ optional: true, description: 'The priority or commitment that they are about' })
  subject?: string;

  @State({ optional: true, description: 'The state that reports' })
  state?: string;

  @Slug({ optional: true, description: 'The body that reports', example: 'ksopn' })
  body?: string;

  @Line({ max: 64, optional: true, description: 'A reporting period’s id', example: '2024-Q1' })
  period?: string;

  @OneOf(REPORT_STATUSES, { optional: true })
  status?: ReportStatus;

  @OneOf(DELIVERIES, { optional: true })
  delivery?: Delivery;
}

const DESCRIPTION = 'A state or body sees its own reports, and of others’ those whose acceptance stands.';

@ApiTags('Reports')
@Controller('v1')
export class ReportReadsController {
  constructor(
    private readonly reader: Reader,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('reports', { operationId: 'listReports', summary: 'Progress reports', description: DESCRIPTION, answer: page(record(reportFields())), recorded: 'drafts' })
  list(@HttpExchange() exchange: Exchange, @Query() question: ReportsQuestion) {
    return this.reader.list(exchange, question, {
      read: async (reading, { after, limit }) => {
        const reports = await listReports(reading, question, { limit, ...(after && { after: String(after[0]) }) });
        await this.trail.leaveOfDrafts(exchange, reading, reports.slice(0, question.limit).filter(isDraft).map(({ id }) => id));
        return reports;
      },
      placeOf: ({ id }) => [id],
      place: ['018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47'],
    });
  }

  @ReadDoor('reports/:reportId', {
    operationId: 'readReport',
    summary: 'One progress report',
    description: DESCRIPTION,
    answer: document(reportFields()),
    recorded: 'drafts',
    absent: 'REPORT_UNKNOWN',
  })
  read(@PathId('reportId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'REPORT_UNKNOWN', async (reading) => {
      const report = await readReport(reading, id);
      if (report && isDraft(report)) await this.trail.leaveOfDrafts(exchange, reading, [id]);
      return report;
    });
  }
}

const isDraft = ({ status, lapsed }: { status: ReportStatus; lapsed: boolean }): boolean => status !== 'accepted' || lapsed;
