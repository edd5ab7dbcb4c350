import { reporterOf } from '#domain/identifiers.js';
import { reportContent } from '#projections/reports.js';
import { rowsAt, type Reading } from './rows.js';
import { workOf } from './work.js';

/** The accepted reports that stand, the newest first, with what they say. */
export async function latestAcceptedReports(reading: Reading, agenda: string, limit: number) {
  const { reports } = await workOf(reading, agenda);
  const latest = reports
    .filter(({ status }) => status === 'accepted')
    .toSorted((a, b) => (a.reported_at === b.reported_at ? (a.id < b.id ? -1 : 1) : a.reported_at < b.reported_at ? 1 : -1))
    .slice(0, limit);
  const contents = new Map((await rowsAt(reading, reportContent, { where: { id: latest.map(({ id }) => id) } })).map((content) => [content.id, content]));
  return latest.map(({ id, subject, reporter, period, delivery, percent, reported_on }) => {
    const { narrative, language } = contents.get(id)!;
    return { subject, reporter: reporterOf(reporter), period, delivery, percent, reportedOn: reported_on, narrative, language };
  });
}
