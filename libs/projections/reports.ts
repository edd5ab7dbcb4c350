import { reporterKey, subjectKind, type SubjectKind } from '#domain/identifiers.js';
import type { Evidence } from '#domain/values.js';
import type { ReportPlace, ReportSubmission } from '#domain/report/events.js';
import type { Delivery, Language, ReportStatus } from '#domain/vocabulary.js';
import { ensure, update } from './change.js';
import { date, float, integer, jsonb, nullable, text, timestamp } from './column.js';
import { projection } from './projection.js';
import { table } from './table.js';

export const report = table('report', {
  comment: 'A progress report as it was last submitted, and its review.',
  columns: {
    id: text('UUID.'),
    agenda: text(),
    subject: text('The id of the priority or commitment.'),
    subject_kind: text<SubjectKind>('priority or commitment.'),
    reporter: text('state:KG or body:ksopn.'),
    reporter_state: nullable(text()),
    reporter_body: nullable(text()),
    period: text('The reporting period in its agenda.'),
    status: text<ReportStatus>('submitted, returned or accepted.'),
    delivery: text<Delivery>('not-started, on-track, delayed, blocked or completed.'),
    percent: nullable(float('0 to 100.')),
    narrative: text(),
    language: text<Language>('Of the narrative, the obstacles and the next steps.'),
    obstacles: nullable(text()),
    next_steps: nullable(text()),
    evidence: jsonb<readonly Evidence[]>('title, url, sha256.'),
    text_version: integer("The subject's text_version on which the report was made; an acceptance on an older one has lapsed."),
    submitted_by: text('Who submitted it last.'),
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

export const standingReport = table('standing_report', {
  comment: 'The report that counts for one subject, reporter and period: the latest. Any other there is superseded.',
  columns: {
    subject: text('The id of the priority or commitment.'),
    reporter: text('state:KG or body:ksopn.'),
    period: text(),
    agenda: text(),
    report: text("The report's id."),
    delivery: text<Delivery>(),
    percent: nullable(float()),
    status: text<ReportStatus>(),
    text_version: integer(),
    reported_on: date('When it was last submitted, as its actor says.'),
    reported_at: timestamp('When the log took that.'),
    first_reported_on: date('When anything was first reported in this place, as its actor says.'),
    first_reported_at: timestamp('When the log took that.'),
  },
  key: ['subject', 'reporter', 'period'],
  within: ['agenda', 'reporter'],
});

const placeOf = ({ subject, reporter, period }: ReportPlace) => ({ subject, reporter: reporterKey(reporter), period });

const contentOf = (data: ReportSubmission) => ({
  delivery: data.delivery,
  percent: data.percent ?? null,
  narrative: data.narrative,
  language: data.language,
  obstacles: data.obstacles ?? null,
  next_steps: data.nextSteps ?? null,
  evidence: data.evidence ?? [],
  text_version: data.textVersion,
  submitted_by: data.submittedBy,
});

export const reports = projection('reports', {
  version: 1,
  tables: [report, standingReport],
  on: {
    ProgressReported: ({ data, metadata: { occurredOn }, recordedAt, revision }) => {
      const place = placeOf(data);
      const { delivery, percent = null, textVersion: text_version, agendaId: agenda } = data;
      const reported = { reported_on: occurredOn, reported_at: recordedAt };
      const standing = { report: data.reportId, delivery, percent, status: 'submitted' as const, text_version, ...reported };
      return [
        ensure(report, {
          id: data.reportId,
          agenda,
          ...place,
          subject_kind: subjectKind(data.subject),
          reporter_state: 'state' in data.reporter ? data.reporter.state : null,
          reporter_body: 'body' in data.reporter ? data.reporter.body : null,
          status: 'submitted',
          ...contentOf(data),
          ...reported,
          first_reported_on: occurredOn,
          first_reported_at: recordedAt,
          revision,
        }),
        ensure(standingReport, {
          ...place,
          agenda,
          ...standing,
          first_reported_on: occurredOn,
          first_reported_at: recordedAt,
        }),
        update(standingReport, place, standing),
      ];
    },
    ReportReturned: ({ data, metadata, revision }) => [
      update(
        report,
        { id: data.reportId },
        { status: 'returned', returned_reason: data.reason, accepted_comment: null, reviewed_by: metadata.actor.subject, revision },
      ),
      update(standingReport, placeOf(data), { status: 'returned' }, { report: data.reportId }),
    ],
    ReportCorrected: ({ data, metadata, recordedAt, revision }) => {
      const { delivery, percent = null, textVersion: text_version } = data;
      const resubmitted = { status: 'submitted' as const, reported_on: metadata.occurredOn, reported_at: recordedAt };
      return [
        update(
          report,
          { id: data.reportId },
          { ...contentOf(data), ...resubmitted, returned_reason: null, accepted_comment: null, reviewed_by: null, revision },
        ),
        update(
          standingReport,
          placeOf(data),
          { delivery, percent, text_version, ...resubmitted },
          { report: data.reportId },
        ),
      ];
    },
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
      update(standingReport, placeOf(data), { status: 'accepted' }, { report: data.reportId }),
    ],
  },
});
