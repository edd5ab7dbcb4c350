import { reporterKey, subjectKind, type SubjectKind } from '#domain/identifiers.js';
import type { Evidence } from '#domain/values.js';
import type { ProgressReported, ReportCorrected, ReportSubmission } from '#domain/report/events.js';
import type { Delivery, Language, ReportStatus } from '#domain/vocabulary.js';
import { ensure, update } from './change.js';
import { date, float, integer, jsonb, nullable, text, timestamp } from './column.js';
import { projection, type Projected } from './projection.js';
import { table } from './table.js';

export const report = table('report', {
  comment: 'Where a progress report stands: what it says in a word, and its review. Its text is in report_content.',
  columns: {
    id: text('UUID.'),
    agenda: text(),
    subject: text('The id of the priority or commitment.'),
    subject_kind: text<SubjectKind>('priority or commitment.'),
    reporter: text('state:KG or body:ksopn.'),
    period: text('The reporting period in its agenda.'),
    status: text<ReportStatus>('submitted, returned or accepted.'),
    delivery: text<Delivery>('not-started, on-track, delayed, blocked or completed.'),
    percent: nullable(float('0 to 100.')),
    text_version: integer("The subject's text_version on which the report was made; an acceptance on an older one has lapsed."),
    reported_on: date('When it was last submitted, as its actor says.'),
    reported_at: timestamp('When the log took that.'),
    first_reported_on: date('When it was first submitted, as its actor says.'),
    first_reported_at: timestamp('When the log took that.'),
    returned_reason: nullable(text('Why it was sent back; none once it is submitted anew.')),
    accepted_comment: nullable(text()),
    reviewed_by: nullable(text('Who returned or accepted it.')),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
  within: ['agenda', 'subject', 'reporter'],
});

/** Apart from the rest, so that a review does not write the text again. */
export const reportContent = table('report_content', {
  comment: 'What a progress report says, as it was last submitted.',
  columns: {
    id: text("The report's UUID."),
    narrative: text(),
    language: text<Language>('Of the narrative, the obstacles and the next steps.'),
    obstacles: nullable(text()),
    next_steps: nullable(text()),
    evidence: jsonb<readonly Evidence[]>('title, url, sha256.'),
    submitted_by: text('Who submitted it last.'),
  },
  key: ['id'],
});

const contentOf = (data: ReportSubmission) => ({
  narrative: data.narrative,
  language: data.language,
  obstacles: data.obstacles ?? null,
  next_steps: data.nextSteps ?? null,
  evidence: data.evidence ?? [],
  submitted_by: data.submittedBy,
});

/** What a report says in a word, when it is submitted or submitted anew. */
const submitted = ({ data, metadata, recordedAt, revision }: Projected<ProgressReported | ReportCorrected>) => ({
  status: 'submitted' as const,
  delivery: data.delivery,
  percent: data.percent ?? null,
  text_version: data.textVersion,
  reported_on: metadata.occurredOn,
  reported_at: recordedAt,
  revision,
});

export const reports = projection('reports', {
  version: 2,
  tables: [report, reportContent],
  on: {
    ProgressReported: (event) => {
      const { data, metadata, recordedAt } = event;
      return [
        ensure(report, {
          id: data.reportId,
          agenda: data.agendaId,
          subject: data.subject,
          subject_kind: subjectKind(data.subject),
          reporter: reporterKey(data.reporter),
          period: data.period,
          ...submitted(event),
          first_reported_on: metadata.occurredOn,
          first_reported_at: recordedAt,
        }),
        ensure(reportContent, { id: data.reportId, ...contentOf(data) }),
      ];
    },
    ReportReturned: ({ data, metadata, revision }) => [
      update(
        report,
        { id: data.reportId },
        { status: 'returned', returned_reason: data.reason, accepted_comment: null, reviewed_by: metadata.actor.subject, revision },
      ),
    ],
    ReportCorrected: (event) => [
      update(
        report,
        { id: event.data.reportId },
        { ...submitted(event), returned_reason: null, accepted_comment: null, reviewed_by: null },
      ),
      update(reportContent, { id: event.data.reportId }, contentOf(event.data)),
    ],
    ReportAccepted: ({ data, metadata, revision }) => [
      update(
        report,
        { id: data.reportId },
        {
          status: 'accepted',
          accepted_comment: data.comment ?? null,
          returned_reason: null,
          reviewed_by: metadata.actor.subject,
          revision,
        },
      ),
    ],
  },
});
