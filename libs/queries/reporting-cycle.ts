import { reporterKey } from '#domain/identifiers.js';
import { timelinessOf } from '#domain/timeliness.js';
import type { CalendarDate, Reporter } from '#domain/values.js';
import { memberStatesOf } from './agendas.js';
import { text, type Text } from './language.js';
import type { Reading } from './rows.js';
import { placeOf } from './standing-reports.js';
import { subjectsOf, workOf, type Work } from './work.js';

/**
 * Period by period, who owes reports on what, who has reported all, and who is late. States owe on everything that is
 * proposed or agreed while they take part; bodies on what is assigned to them and on what is under that, partners never.
 * `undefined` where the agenda or the period was not there at the moment.
 */
export async function readReportingCycle(reading: Reading, agenda: string, asked?: string) {
  const [states, work] = await Promise.all([memberStatesOf(reading, agenda), workOf(reading, agenda)]);
  if (states.length === 0) return undefined;
  const periods = work.periods.filter(({ id }) => asked === undefined || id === asked);
  if (asked !== undefined && periods.length === 0) return undefined;

  const subjects = subjectsOf(work).filter(({ owed }) => owed);
  const reporters = [
    ...states.filter(({ participation }) => participation === 'participating').map(({ state, name }) => ({ reporter: { state }, name, owes: subjects })),
    ...bodiesThatOwe(work, subjects),
  ];
  return {
    agenda,
    periods: periods.map((period) => ({
      id: period.id,
      from: period.starts,
      to: period.ends,
      due: period.due,
      lockedFrom: period.locked_from,
      locked: period.locked_from !== null && period.locked_from <= reading.at.date,
      reporters: reporters.map(({ reporter, name, owes }) => ({ reporter, name, ...standing(work, period, reporter, owes, reading.at.date) })),
    })),
  };
}

type Subject = ReturnType<typeof subjectsOf>[number];
type Owing = { readonly reporter: Reporter; readonly name: Text; readonly owes: readonly Subject[] };

function bodiesThatOwe(work: Work, subjects: readonly Subject[]): Owing[] {
  const carries = (body: string, id: string) => (work.assignments.get(id) ?? []).some((one) => one.body === body);
  const priorityOf = new Map(work.commitments.map(({ id, priority }) => [id, priority]));
  return [...work.bodies.values()]
    .filter(({ kind }) => kind !== 'partner')
    .map(({ id: body, names }) => ({
      reporter: { body },
      name: text(names),
      owes: subjects.filter(({ id }) => carries(body, id) || carries(body, priorityOf.get(id) ?? '')),
    }))
    .filter(({ owes }) => owes.length > 0);
}

function standing(work: Work, period: Work['periods'][number], reporter: Reporter, owes: readonly Subject[], today: CalendarDate) {
  const key = reporterKey(reporter);
  const each = owes.map(({ id, number, title }) => {
    const receivedAt = work.received.get(placeOf({ subject: id, reporter: key, period: period.id }));
    return { subject: id, number, title, receivedAt };
  });
  const missing = each.filter(({ receivedAt }) => receivedAt === undefined);
  return {
    owed: each.length,
    received: each.length - missing.length,
    late: each.filter(({ receivedAt }) => receivedAt !== undefined && receivedAt.slice(0, 10) > period.due).length,
    /** Of what is missing; `received` where nothing is. */
    timeliness: timelinessOf({ to: period.ends, due: period.due }, missing.length === 0, today),
    missing: missing.map(({ subject, number, title }) => ({ subject, number, title })),
  };
}
