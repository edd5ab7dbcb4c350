import type { Delivery, ReportStatus } from '#domain/vocabulary.js';
import { reporterKey, reporterOf } from '#domain/identifiers.js';
import { reportingPeriod } from '#projections/agendas.js';
import { report, reportContent } from '#projections/reports.js';
import { commitment, priority } from '#projections/work-tables.js';
import { rowAt, rowsAt, type Reading } from './rows.js';
import { acceptanceStands, counts, isOwn, reportsOf, visibleTo, type Report } from './standing-reports.js';
import type { Viewer } from './viewer.js';

export type ReportFilter = {
  readonly agenda?: string;
  readonly subject?: string;
  readonly state?: string;
  readonly body?: string;
  readonly period?: string;
  readonly status?: ReportStatus;
  readonly delivery?: Delivery;
};

/** Progress reports that the viewer may know, by id. */
export async function listReports(reading: Reading, filter: ReportFilter, page: { after?: string; limit: number }) {
  const { agenda, subject, state, body, period, status, delivery } = filter;
  const reporters = [...(state ? [reporterKey({ state })] : []), ...(body ? [reporterKey({ body })] : [])];
  const rows = await rowsAt(reading, report, {
    where: { agenda, subject, period, status, delivery, ...(reporters.length > 0 && { reporter: reporters }) },
    ...(!reading.viewer.seesAll && { also: seenBy(reading.viewer, reading.at.position) }),
    ...(page.after !== undefined && { after: [page.after] }),
    limit: page.limit,
  });
  return Promise.all(rows.map((row) => reportDocument(reading, row)));
}

/** `undefined` where there was none at the moment, or none that the viewer may know. */
export async function readReport(reading: Reading, id: string) {
  const row = await rowAt(reading, report, { id });
  if (!row) return undefined;
  const document = await reportDocument(reading, row);
  const { viewer } = reading;
  const isKnown = viewer.seesAll || isOwn(viewer, row.reporter) || (row.status === 'accepted' && !document.lapsed);
  return isKnown ? document : undefined;
}

/** Whether the viewer sees all there is about a report: its own, or everybody's. */
export async function isOwnReport(reading: Reading, id: string): Promise<boolean> {
  const row = await rowAt(reading, report, { id });
  return row !== undefined && (reading.viewer.seesAll || isOwn(reading.viewer, row.reporter));
}

export async function reportDocument(reading: Reading, row: Report) {
  const { subject, reporter, period: periodId } = row;
  const [textVersion, period, content, inPlace] = await Promise.all([
    textVersionOf(reading, row),
    rowAt(reading, reportingPeriod, { agenda: row.agenda, id: periodId }),
    rowAt(reading, reportContent, { id: row.id }),
    reportsOf(reading, { subject, reporter, period: periodId }),
  ]);
  const { narrative, language, obstacles, next_steps, evidence, submitted_by } = content!;
  const known = inPlace.filter(visibleTo(reading.viewer, new Map(textVersion === undefined ? [] : [[subject, textVersion]])));
  return {
    id: row.id,
    agenda: row.agenda,
    subject,
    subjectKind: row.subject_kind,
    reporter: reporterOf(reporter),
    period: periodId,
    status: row.status,
    /** Accepted, and the subject's text was amended since. */
    lapsed: row.status === 'accepted' && !acceptanceStands(row, textVersion),
    /** A later report, of which the viewer may know, stands in its place. */
    superseded: known.slice(known.findIndex(({ id }) => id === row.id) + 1).some(counts),
    late: period !== undefined && row.first_reported_at.slice(0, 10) > period.due,
    delivery: row.delivery,
    percent: row.percent,
    narrative,
    language,
    obstacles,
    nextSteps: next_steps,
    evidence,
    textVersion: row.text_version,
    reportedOn: row.reported_on,
    reportedAt: row.reported_at,
    firstReportedOn: row.first_reported_on,
    returnReason: row.returned_reason,
    acceptanceComment: row.accepted_comment,
    submittedBy: submitted_by,
    reviewedBy: row.reviewed_by,
    revision: row.revision,
  };
}

async function textVersionOf(reading: Reading, { subject, subject_kind }: Report): Promise<number | undefined> {
  const row = await (subject_kind === 'priority'
    ? rowAt(reading, priority, { id: subject })
    : rowAt(reading, commitment, { id: subject }));
  return row?.text_version;
}

/** The viewer's own, and others' whose acceptance stands. */
function seenBy({ state, body }: Viewer, position: string) {
  const version = (table: string) => `(select s.text_version from read.${table}_at($2) s where s.id = report_at.subject)`;
  const own = state === undefined ? reporterKey({ body: body! }) : reporterKey({ state });
  return {
    sql: `reporter = $1 or (status = 'accepted' and text_version =
      case subject_kind when 'priority' then ${version('priority')} else ${version('commitment')} end)`,
    values: [own, position],
  };
}
