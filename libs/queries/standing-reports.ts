import { reporterKey } from '#domain/identifiers.js';
import type { Row } from '#projections/table.js';
import { standingReport } from '#projections/reports.js';
import { rowsAt, type Reading } from './rows.js';
import type { Viewer } from './viewer.js';

export type StandingReport = Row<typeof standingReport>;

/** The text version that each subject has at the moment, by its id. */
export type TextVersions = ReadonlyMap<string, number>;

/**
 * An agenda's standing reports as the viewer may know them: its own, and of others' those whose acceptance stands.
 */
export async function standingReports(reading: Reading, agenda: string): Promise<StandingReport[]> {
  return rowsAt(reading, standingReport, { where: { agenda } });
}

/** An acceptance lapses when the subject's text is amended after the report was made on it. */
export const acceptanceStands = (report: Pick<StandingReport, 'status' | 'text_version'>, textVersion: number | undefined): boolean =>
  report.status === 'accepted' && report.text_version === textVersion;

export const isOwn = (viewer: Viewer, reporter: string): boolean =>
  (viewer.state !== undefined && reporter === reporterKey({ state: viewer.state })) ||
  (viewer.body !== undefined && reporter === reporterKey({ body: viewer.body }));

export function visibleTo(viewer: Viewer, texts: TextVersions): (report: StandingReport) => boolean {
  return (report) =>
    viewer.seesAll || isOwn(viewer, report.reporter) || acceptanceStands(report, texts.get(report.subject));
}

/** A returned report is as good as none until it is corrected. */
export const counts = ({ status }: Pick<StandingReport, 'status'>): boolean => status !== 'returned';

export const placeOf = ({ subject, reporter, period }: Pick<StandingReport, 'subject' | 'reporter' | 'period'>): string =>
  `${subject} ${reporter} ${period}`;
