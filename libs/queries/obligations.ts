import { reporterKey } from '#domain/identifiers.js';
import { timelinessOf } from '#domain/timeliness.js';
import type { StateCode } from '#domain/values.js';
import { memberState } from '#projections/agendas.js';
import { text } from './language.js';
import { rowsAt, type Reading } from './rows.js';
import { placeOf } from './standing-reports.js';
import { stateName } from './state-names.js';
import { subjectsOf, workOf } from './work.js';

/**
 * What one state owes, has reported and is late with: each subject in each reporting period of the agendas that it takes part in.
 * `undefined` where it is a member state of none.
 */
export async function readObligations(reading: Reading, state: StateCode, agenda?: string) {
  const memberships = await rowsAt(reading, memberState, { where: { state, agenda } });
  if (memberships.length === 0) return undefined;
  const items = await Promise.all(
    memberships.map(({ agenda, participation }) => obligationsIn(reading, agenda, state, participation === 'participating')),
  );
  return { state, name: text(stateName(state)), items: items.flat() };
}

async function obligationsIn(reading: Reading, agenda: string, state: StateCode, takesPart: boolean) {
  const work = await workOf(reading, agenda);
  const reporter = reporterKey({ state });
  const own = new Map(work.reports.filter((report) => report.reporter === reporter).map((report) => [placeOf(report), report]));
  return work.periods.flatMap((period) =>
    subjectsOf(work).flatMap(({ id, kind, number, title, owed }) => {
      const here = placeOf({ subject: id, reporter, period: period.id });
      const report = own.get(here);
      const firstReceived = work.received.get(here);
      const received = firstReceived !== undefined;
      if (!received && !report && !(owed && takesPart)) return [];
      return {
        agenda,
        subject: id,
        kind,
        number,
        title,
        period: period.id,
        due: period.due,
        timeliness: timelinessOf({ to: period.ends, due: period.due }, received, reading.at.date),
        report: report
          ? {
              id: report.id,
              status: report.status,
              delivery: report.delivery,
              percent: report.percent,
              reportedAt: report.reported_at,
              late: (firstReceived ?? report.first_reported_at).slice(0, 10) > period.due,
            }
          : null,
      };
    }),
  );
}
