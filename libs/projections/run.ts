import type { Pool } from 'pg';
import type { EventStore, Position } from '#event-store/event-store.js';
import { wakeUps, type WakeUps } from '#platform/wake-ups.js';
import { openBuild } from './build.js';
import { ProjectionFailed, TablesMoved } from './errors.js';
import { whileHeld } from './lock.js';
import { nextWait, pause, type Patience } from './patience.js';
import { definitionOf, livePlace, recordStall } from './places.js';
import type { Projection } from './projection.js';
import { fillAside, takePlace } from './rebuild.js';
import { isRebuildRequested, REBUILD_CHANNEL } from './rebuild-requests.js';
import { sharedLog, type SharedLog } from './shared-log.js';

export type RunOptions = {
  readonly db: Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** Everything ends when it aborts. */
  readonly ending: AbortSignal;
  /** Told of what went wrong, each time; the projection tries again. */
  readonly onTrouble: (projection: string, error: unknown) => void;
  readonly patience?: Patience;
};

/** How many rows of each table a reader remembers from batch to batch. */
const REMEMBERED_ROWS = 20_000;

/**
 * Keeps the projections up with the log, as far as no other process does, until it is told to end. A projection that
 * cannot take an event stands still and says so, while the others go on; it never skips one.
 */
export async function runProjections(options: RunOptions): Promise<void> {
  const log = sharedLog(options.store, options.ending);
  const wishes = wakeUps(options.db.options, REBUILD_CHANNEL, 1_000);
  await Promise.all(options.projections.map((projection) => keep(projection, log, wishes, options)));
  await wishes.close();
}

async function keep(projection: Projection, log: SharedLog, wishes: WakeUps, options: RunOptions): Promise<void> {
  const { db, ending, onTrouble, patience = { first: 100, longest: 10_000 } } = options;
  let wait = patience.first;
  let trouble: string | undefined;
  let failedUpTo: Position | undefined;
  while (!ending.aborted) {
    try {
      await whileHeld(db.options, projection.name, ending, async (held) => {
        // Ends where the tables were rebuilt, which are then followed from where they are.
        while (!held.aborted) await followOrRebuild(projection, log, wishes, held, failedUpTo, { ...options, patience });
      });
    } catch (error) {
      if (ending.aborted) return;
      const again = String(error);
      wait = again === trouble ? nextWait(wait, patience) : patience.first;
      trouble = again;
      failedUpTo = error instanceof ProjectionFailed ? error.upTo : undefined;
      // Which event of a batch it was shows when they are taken one by one.
      if (error instanceof ProjectionFailed && error.upTo !== error.event.position) continue;
      // Another reader was faster, or the lock was lost with its connection: there is nothing to mend.
      if (!(error instanceof TablesMoved) && !isAbort(error)) onTrouble(projection.name, error);
      if (error instanceof ProjectionFailed) await recordStall(db, error).catch(() => {});
    }
    await pause(wait, ending);
  }
}

/** Follows the log until there is a wish for new tables, which are then filled meanwhile and put in place. */
async function followOrRebuild(
  projection: Projection,
  log: SharedLog,
  wishes: WakeUps,
  held: AbortSignal,
  failedUpTo: Position | undefined,
  { db, store, patience }: RunOptions & { patience: Patience },
): Promise<void> {
  const place = await livePlace(db, projection);
  if (place.definition !== definitionOf(projection)) {
    // The old tables are not what this release writes: they serve as they are until the new ones are there.
    return takePlace(await fillAside(db, store, projection, patience, held), db, store, patience, held);
  }
  const leaving = new AbortController();
  const signal = AbortSignal.any([held, leaving.signal]);
  const build = openBuild(db, projection, place, { patience, signal: held, rows: REMEMBERED_ROWS });
  const followed = log.follow(build, signal, failedUpTo);
  const wished = requested(projection.name, db, wishes, signal).then((isWished) =>
    isWished ? fillAside(db, store, projection, patience, signal) : undefined,
  );
  try {
    const aside = await Promise.race([followed.then(() => undefined), wished]);
    leaving.abort();
    await followed;
    await build.written();
    if (aside) await takePlace(aside, db, store, patience, held);
  } finally {
    leaving.abort();
    await wished.catch(() => {});
  }
}

/** True once there is a wish for the projection; false where the signal aborts first. */
async function requested(name: string, db: Pool, wishes: WakeUps, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const woken = new Promise<void>((resolve) => {
      const stop = wishes.onMore(() => {
        stop();
        resolve();
      });
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      }, { once: true });
    });
    // A database that is away has no wishes; following it tells of the trouble.
    if (await isRebuildRequested(db, name).catch(() => false)) return !signal.aborted;
    await woken;
  }
  return false;
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
