import type { Pool } from 'pg';
import type { CalendarDate, StateCode } from '#domain/values.js';
import { agenda, memberState, reportingPeriod } from '#projections/agendas.js';
import { inAllLanguages } from '#queries/language.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { readObligations } from '#queries/obligations.js';
import { rowsAt, type Reading } from '#queries/rows.js';
import { kindsOf } from './channels.js';
import { addMessages } from './messages.js';
import type { ReminderOccasion } from './payload.js';

/** How long after a due date a state may still be reminded of it, where the service was away on the day. */
const LATEST_DAYS = 30;
const DAY_MS = 86_400_000;

export type ReminderDays = {
  /** Before the due day; 0 for never. */
  readonly before: number;
  /** After it; 0 for never. */
  readonly after: number;
};

type Ground = { readonly db: Pool; readonly side: ReadSide; readonly days: ReminderDays };

/**
 * Reminds each state once before and once after a due date of all that it owes for that period. Those that owe nothing are
 * noted as quiet, and not written to.
 */
export async function remind({ db, side, days }: Ground, now: Date): Promise<void> {
  const at = await momentOf(side, {});
  const today = now.toISOString().slice(0, 10);
  const reading: Reading = { db: side.db, at: { ...at, date: today }, viewer: { seesAll: true } };
  const open = await rowsAt(reading, agenda, { where: { lifecycle: 'open' } });
  for (const { id } of open) {
    for (const period of await rowsAt(reading, reportingPeriod, { where: { agenda: id } })) {
      const occasion = occasionOn(today, period.due, days);
      if (occasion) await remindOf(db, reading, { agenda: id, period: period.id, due: period.due, occasion }, now);
    }
  }
}

function occasionOn(today: CalendarDate, due: CalendarDate, { before, after }: ReminderDays): ReminderOccasion | undefined {
  if (before > 0 && shifted(due, -before) <= today && today <= due) return 'before-due';
  if (after > 0 && shifted(due, after) <= today && today <= shifted(due, LATEST_DAYS)) return 'after-due';
  return undefined;
}

const shifted = (day: CalendarDate, days: number): CalendarDate => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

type Occasion = { readonly agenda: string; readonly period: string; readonly due: CalendarDate; readonly occasion: ReminderOccasion };

async function remindOf(db: Pool, reading: Reading, { agenda, period, due, occasion }: Occasion, now: Date): Promise<void> {
  const done = await statesDone(db, { agenda, period, occasion });
  const states = await rowsAt(reading, memberState, { where: { agenda, participation: 'participating' } });
  for (const { state } of states) {
    if (done.has(state)) continue;
    const obligations = await readObligations({ ...reading, viewer: { seesAll: false, state } }, state, agenda);
    const owed = (obligations?.items ?? [])
      .filter((item) => item.period === period && item.timeliness !== 'received')
      .map(({ subject, title }) => ({ subject, title: inAllLanguages(title) }));
    if (owed.length === 0) {
      await db.query('insert into delivery.quiet (agenda, period, occasion, state, at) values ($1, $2, $3, $4, $5) on conflict do nothing', [
        agenda, period, occasion, state, now,
      ]);
      continue;
    }
    const channels = await kindsOf(db, state);
    const payload = { period, due, occasion, owed };
    const messages = channels.map((channel) => ({ kind: 'reminder' as const, payload, agenda, state, channel, occasion: `${occasion} ${agenda} ${period}` }));
    await addMessages(db, messages, now);
  }
}

/** Reminded or quiet already. */
async function statesDone(db: Pool, { agenda, period, occasion }: Omit<Occasion, 'due'>): Promise<Set<StateCode>> {
  const { rows } = await db.query<{ state: StateCode }>(
    `select state from delivery.quiet where agenda = $1 and period = $2 and occasion = $3
     union select state from delivery.message where kind = 'reminder' and agenda = $1 and payload ->> 'period' = $2 and payload ->> 'occasion' = $3`,
    [agenda, period, occasion],
  );
  return new Set(rows.map(({ state }) => state));
}
