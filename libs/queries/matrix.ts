import { timelinessOf } from '#domain/timeliness.js';
import { reporterKey } from '#domain/identifiers.js';
import type { CalendarDate } from '#domain/values.js';
import type { Timeliness } from '#domain/vocabulary.js';
import { reportingPeriod } from '#projections/agendas.js';
import type { Row } from '#projections/table.js';
import { memberStatesOf } from './agendas.js';
import { latestOfEach } from './progress.js';
import type { Reading } from './rows.js';
import { placeOf } from './standing-reports.js';
import { subjectsOf, workOf } from './work.js';

export type Period = Row<typeof reportingPeriod>;

/**
 * Commitment × member state. A cell's delivery is that of the last report, of the period asked for or of any; its
 * timeliness is about the period asked for, or about the one that runs or ran last.
 * `undefined` where the agenda or the period was not there at the moment.
 */
export async function readMatrix(reading: Reading, agenda: string, asked?: string) {
  const [states, work] = await Promise.all([memberStatesOf(reading, agenda), workOf(reading, agenda)]);
  if (states.length === 0) return undefined;
  if (asked !== undefined && !work.periods.some(({ id }) => id === asked)) return undefined;

  const period = work.periods.find(({ id }) => id === asked) ?? currentPeriod(work.periods, reading.at.date);
  const reports = asked === undefined ? work.reports : work.reports.filter(({ period }) => period === asked);
  const bySubject = Map.groupBy(latestOfEach(reports, work.periods.map(({ id }) => id)), ({ subject }) => subject);

  return {
    agenda,
    period: period?.id ?? null,
    states,
    rows: subjectsOf(work).map(({ id, kind, number, title, owed }) => ({
      subject: id,
      kind,
      number,
      title,
      cells: states.map(({ state, participation }) => {
        const reporter = reporterKey({ state });
        const report = bySubject.get(id)?.find((one) => one.reporter === reporter);
        const receivedAt = period && work.received.get(placeOf({ subject: id, reporter, period: period.id }));
        return {
          state,
          delivery: report?.delivery ?? null,
          percent: report?.percent ?? null,
          timeliness: cellTimeliness(period, receivedAt !== undefined, owed && participation === 'participating', reading.at.date),
          late: receivedAt !== undefined && receivedAt.slice(0, 10) > period!.due,
          report: report?.id ?? null,
          status: report?.status ?? null,
          period: report?.period ?? null,
          reportedAt: report?.reported_at ?? null,
        };
      }),
    })),
  };
}

/** The last period that has begun by the day; the first one where none has. */
export const currentPeriod = (periods: readonly Period[], today: CalendarDate): Period | undefined =>
  periods.findLast(({ starts }) => starts <= today) ?? periods[0];

function cellTimeliness(period: Period | undefined, received: boolean, owed: boolean, today: CalendarDate): Timeliness | null {
  if (!period || !(owed || received)) return null;
  return timelinessOf({ to: period.ends, due: period.due }, received, today);
}
