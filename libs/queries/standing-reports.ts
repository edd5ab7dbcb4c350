import { reporterKey } from '#domain/identifiers.js';
import type { Row } from '#projections/table.js';
import { report } from '#projections/reports.js';
import { rowsAt, type Reading } from './rows.js';
import type { Viewer } from './viewer.js';

export type Report = Row<typeof report>;

/** One reporter, one subject, one period. */
export type Place = Pick<Report, 'subject' | 'reporter' | 'period'>;

/** The text version that each subject has at the moment, by its id. */
export type TextVersions = ReadonlyMap<string, number>;

/** Every report of an agenda, or of one place, the older before the newer. */
export const reportsOf = (reading: Reading, where: { agenda: string } | Place): Promise<Report[]> =>
  rowsAt(reading, report, { where, order: ['born_at'] });

/** An acceptance lapses when the subject's text is amended after the report was made on it. */
export const acceptanceStands = (report: Pick<Report, 'status' | 'text_version'>, textVersion: number | undefined): boolean =>
  report.status === 'accepted' && report.text_version === textVersion;

export const isOwn = (viewer: Viewer, reporter: string): boolean =>
  (viewer.state !== undefined && reporter === reporterKey({ state: viewer.state })) ||
  (viewer.body !== undefined && reporter === reporterKey({ body: viewer.body }));

/** What the viewer may know: its own reports, and of others' those whose acceptance stands. */
export function visibleTo(viewer: Viewer, texts: TextVersions): (report: Report) => boolean {
  return (report) => viewer.seesAll || isOwn(viewer, report.reporter) || acceptanceStands(report, texts.get(report.subject));
}

/** A returned report is as good as none until it is corrected. */
export const counts = ({ status }: Pick<Report, 'status'>): boolean => status !== 'returned';

/**
 * The report that stands in each place: the newest that counts, or the newest where none does. What the viewer may not know
 * is left out before, so that a draft does not hide an accepted report from those who may know that one alone.
 * @param reports the older before the newer
 */
export function standingOf(reports: readonly Report[]): Report[] {
  const standing = new Map<string, Report>();
  for (const report of reports) {
    const place = placeOf(report);
    const other = standing.get(place);
    if (!other || counts(report) || !counts(other)) standing.set(place, report);
  }
  return [...standing.values()];
}

export const placeOf = ({ subject, reporter, period }: Place): string => `${subject} ${reporter} ${period}`;
