import type { Pool } from 'pg';
import type { CalendarDate } from '#domain/values.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { Clock } from '#platform/clock.js';

/** The moment that a question is about: what the log had recorded up to a position, seen on a day. */
export type Moment = {
  readonly position: Position;
  /** When that was, RFC 3339. */
  readonly time: string;
  /** The day of the question, by which timeliness is told. */
  readonly date: CalendarDate;
};

export type AskedMoment = {
  /** Absent for now. */
  readonly asOf?: { readonly position: Position } | { readonly time: Date };
  /** The read side is waited for until it has come this far. */
  readonly minPosition?: Position;
};

export type ReadSide = {
  readonly db: Pool;
  readonly store: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  /** How far every projection has come. */
  readonly position: () => Promise<Position>;
  /** False where the read side has not come as far in time. */
  readonly reached: (position: Position) => Promise<boolean>;
};

/** The read side has not come as far as the question needs. */
export class ReadSideBehind extends Error {
  override readonly name = 'ReadSideBehind';
  constructor(readonly needed: Position) {
    super(`the read side has not reached position ${needed} yet`);
  }
}

/** The moment asked about has not come yet. */
export class MomentInFuture extends Error {
  override readonly name = 'MomentInFuture';
}

/**
 * @throws {ReadSideBehind}
 * @throws {MomentInFuture}
 */
export async function momentOf(side: ReadSide, { asOf, minPosition }: AskedMoment): Promise<Moment> {
  if (minPosition !== undefined) await require(side, minPosition);
  const now = side.clock();
  if (asOf === undefined) return present(side, await side.position(), now);
  return 'position' in asOf ? atPosition(side, asOf.position) : atTime(side, asOf.time, now);
}

async function present(side: ReadSide, position: Position, now: Date): Promise<Moment> {
  return { position, time: await timeOf(side.db, position), date: dayOf(now) };
}

async function atPosition(side: ReadSide, position: Position): Promise<Moment> {
  if (comparePositions(position, await side.position()) > 0) {
    if (comparePositions(position, await side.store.head()) > 0) {
      throw new MomentInFuture(`The log has not reached position ${position} yet.`);
    }
    await require(side, position);
  }
  const time = await timeOf(side.db, position);
  return { position, time, date: dayOf(new Date(time)) };
}

async function atTime(side: ReadSide, time: Date, now: Date): Promise<Moment> {
  const presentTime = await timeOf(side.db, await side.position());
  const asked = time.toISOString();
  // The log's clock may be ahead of ours: what has been recorded has come.
  if (time > now && time > new Date(presentTime)) throw new MomentInFuture(`${asked} has not come yet.`);
  // Times never decrease along the log: only from the last time that was projected on may more of it be of the time asked for.
  if (asked >= presentTime) await require(side, await side.store.head());
  // Asked before the next: what comes in between is later than the time, and is found there.
  const position = await side.position();
  const { rows } = await side.db.query<{ position: Position }>({
    name: 'position-at-time',
    // The position before the first one that was taken later.
    text: `select (valid_from - 1)::text as position from read.moment where recorded_at > $1 order by recorded_at limit 1`,
    values: [time],
  });
  return { position: rows[0]?.position ?? position, time: time.toISOString(), date: dayOf(time) };
}

async function require(side: ReadSide, position: Position): Promise<void> {
  if (!(await side.reached(position))) throw new ReadSideBehind(position);
}

/** When the log took the last event up to a position; the beginning of time where there is none. */
async function timeOf(db: Pool, position: Position): Promise<string> {
  const { rows } = await db.query<{ recorded_at: Date }>({
    name: 'time-at-position',
    text: `select recorded_at from read.moment where valid_from <= $1 order by valid_from desc limit 1`,
    values: [position],
  });
  return (rows[0]?.recorded_at ?? new Date(0)).toISOString();
}

const dayOf = (time: Date): CalendarDate => time.toISOString().slice(0, 10);
