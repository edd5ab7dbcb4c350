import type { StateCode } from '#domain/values.js';
import { agenda, memberState } from '#projections/agendas.js';
import type { Row } from '#projections/table.js';
import { text } from './language.js';
import { rowAt, rowsAt, type Reading } from './rows.js';
import { stateName } from './state-names.js';
import { priorityDocument, workOf } from './work.js';

/** All agendas, each without what stands on it. */
export async function listAgendas(reading: Reading, page: { after?: string; limit: number }) {
  const rows = await rowsAt(reading, agenda, { limit: page.limit, ...(page.after !== undefined && { after: [page.after] }) });
  return rows.map(summary);
}

/** One whole agenda: `undefined` where there was none at the moment. */
export async function readAgenda(reading: Reading, id: string) {
  const [row, states, work] = await Promise.all([
    rowAt(reading, agenda, { id }),
    memberStatesOf(reading, id),
    workOf(reading, id),
  ]);
  if (!row) return undefined;
  return {
    ...summary(row),
    memberStates: states,
    reportingPeriods: work.periods.map(({ id, starts, ends, due, locked_from }) => ({ id, from: starts, to: ends, due, lockedFrom: locked_from })),
    priorities: work.priorities.map((priority) => priorityDocument(work, priority)),
  };
}

export async function memberStatesOf(reading: Reading, agenda: string) {
  const rows = await rowsAt(reading, memberState, { where: { agenda } });
  return rows
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map(({ state, participation }) => ({ state, name: text(stateName(state)), participation }));
}

export const isMemberOfAny = async (reading: Reading, state: StateCode): Promise<boolean> =>
  (await rowsAt(reading, memberState, { where: { state }, limit: 1 })).length > 0;

const summary = (row: Row<typeof agenda>) => ({
  id: row.id,
  organisation: row.organisation,
  chair: row.chair,
  title: text(row.title),
  term: { from: row.term_from, to: row.term_to },
  lifecycle: row.lifecycle,
  closure: row.closed_on === null ? null : { on: row.closed_on, decision: row.closed_decision, reason: row.closed_reason },
  revision: row.revision,
});
