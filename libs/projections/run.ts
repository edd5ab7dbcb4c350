import type { Pool } from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { wakeUps, type WakeUps } from '#platform/wake-ups.js';
import { openBuild, type Build, type BuildOptions } from './build.js';
import { ProjectionFailed, TablesMoved } from './errors.js';
import { whileHeld } from '#platform/lock.js';
import { nextWait, pause, type Patience } from '#platform/patience.js';
import { until } from '#platform/until.js';
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

type Running = Required<RunOptions>;

const PATIENCE: Patience = { first: 100, longest: 10_000 };

/**
 * Keeps the projections up with the log, as far as no other process does, until it is told to end. A projection that
 * cannot take an event stands still and says so, while the others go on; it never skips one.
 */
export async function runProjections({ patience = PATIENCE, ...given }: RunOptions): Promise<void> {
  const options: Running = { ...given, patience };
  const log = sharedLog(options.store, options.ending);
  const wishes = wakeUps(options.db.options, REBUILD_CHANNEL, 1_000);
  await Promise.all(options.projections.map((projection) => keep(projection, log, wishes, options)));
  await wishes.close();
}

async function keep(projection: Projection, log: SharedLog, wishes: WakeUps, options: Running): Promise<void> {
  const { db, ending, patience } = options;
  while (!ending.aborted) {
    await insist(projection, 'live', ending, options, (failed) =>
      whileHeld(db.options, { kind: 'projection', name: projection.name }, ending, async (held) => {
        // Ends where the tables were rebuilt, which are then followed from where they are.
        while (!held.aborted) await followOrRebuild(projection, log, wishes, { patience, signal: held, failed }, options);
      }),
    );
    // The lock was lost with its connection.
    await pause(patience.first, ending);
  }
}

/** Does it again until it ends without an error or the signal aborts, and tells of what goes wrong. */
async function insist<T>(
  projection: Projection,
  where: 'live' | 'aside',
  signal: AbortSignal,
  { db, onTrouble, patience }: Running,
  work: (failed: ProjectionFailed | undefined) => Promise<T>,
): Promise<T | undefined> {
  let wait = patience.first;
  let trouble: string | undefined;
  let failed: ProjectionFailed | undefined;
  while (!signal.aborted) {
    try {
      return await work(failed);
    } catch (error) {
      if (signal.aborted) return undefined;
      wait = String(error) === trouble ? nextWait(wait, patience) : patience.first;
      trouble = String(error);
      const known = failed?.event.id;
      failed = error instanceof ProjectionFailed ? error : undefined;
      // Taken one by one, those before it are written, and it shows which it was.
      if (failed && (failed.event.id !== failed.last.id || failed.event.id !== known)) continue;
      // Another reader was faster, or the lock was lost with its connection: there is nothing to mend.
      if (!(error instanceof TablesMoved) && !isAbort(error)) onTrouble(projection.name, error);
      if (failed) await recordStall(db, failed, where).catch((unrecorded: unknown) => onTrouble(projection.name, unrecorded));
    }
    await pause(wait, signal);
  }
  return undefined;
}

/** Follows the log until there is a wish for new tables, which are then filled meanwhile and put in place. */
async function followOrRebuild(projection: Projection, log: SharedLog, wishes: WakeUps, filling: BuildOptions, options: Running): Promise<void> {
  const { db, store } = options;
  const { signal: held, failed } = filling;
  const place = await livePlace(db, projection);
  // Tables that are not what this release writes serve as they are until the new ones are there; so do those that stand still.
  if (place.definition !== definitionOf(projection) || (failed && (await isRebuildRequested(db, projection.name)))) {
    return takePlace(await fillAside(db, store, projection, filling), db, store, filling);
  }
  const leaving = new AbortController();
  const givingUp = new AbortController();
  const build = openBuild(db, projection, place, filling);
  const followed = log.follow(build, AbortSignal.any([held, leaving.signal]));
  const filled = fillWhenWished(projection, wishes, AbortSignal.any([held, givingUp.signal]), options);
  try {
    const aside = await Promise.race([followed.then(() => undefined), filled]);
    leaving.abort();
    await followed;
    await build.written();
    if (aside) await takePlace(aside, db, store, filling);
  } finally {
    leaving.abort();
    givingUp.abort();
    await filled;
  }
}

/** Tables filled aside once there is a wish for them; none where the signal aborts first. A failure leaves those that serve alone. */
async function fillWhenWished(projection: Projection, wishes: WakeUps, signal: AbortSignal, options: Running): Promise<Build | undefined> {
  const { db, store, patience } = options;
  // A database that is away has no wishes; following it tells of the trouble.
  const isWished = (): Promise<boolean> => isRebuildRequested(db, projection.name).catch(() => false);
  if (!(await until(isWished, wishes, signal))) return undefined;
  return insist(projection, 'aside', signal, options, (failed) => fillAside(db, store, projection, { patience, signal, failed }));
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
