import type { Pool } from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import { whileHeld } from '#platform/lock.js';
import { nextWait, pause, type Patience } from '#platform/patience.js';
import { until } from '#platform/until.js';
import { wakeUps } from '#platform/wake-ups.js';
import type { Projection } from '#projections/projection.js';
import { recordFailure, recordProgress, recordVerdict, takeUpNext, VERIFICATION_CHANNEL, type Verification } from './records.js';
import { endReplays } from './replay.js';
import { verify, type Progress } from './verify.js';

export type KeepingVerifications = {
  /** Of its own, and small: what is verified must not keep the service waiting. */
  readonly db: Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  readonly ending: AbortSignal;
  /** Told of what went wrong, each time; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly patience?: Patience;
};

const PATIENCE: Patience = { first: 500, longest: 10_000 };
const MOST_ATTEMPTS = 5;
const POLL_MS = 1_000;
/** How often it is written down how far a verification is, in milliseconds. */
const PROGRESS_MS = 300;

/**
 * Carries out what is asked for, one after another and as far as no other process does, until it is told to end. What a process
 * did not live to end is begun anew by the next.
 */
export async function keepVerifications(keeping: KeepingVerifications): Promise<void> {
  const { db, clock, ending, onTrouble, patience = PATIENCE } = keeping;
  const wishes = wakeUps(db.options, VERIFICATION_CHANNEL, POLL_MS);
  for (let wait = patience.first; !ending.aborted; wait = nextWait(wait, patience)) {
    try {
      await whileHeld(db.options, { kind: 'verification', name: 'all' }, ending, async (held) => {
        await endReplays(db);
        await until(async () => {
          for (let next; !held.aborted && (next = await takeUpNext(db, MOST_ATTEMPTS, clock)); ) {
            await carryOut(next, keeping, held);
            wait = patience.first;
          }
        }, wishes, held);
      });
    } catch (error) {
      if (!ending.aborted) onTrouble(error);
    }
    await pause(wait, ending);
  }
  await wishes.close();
}

async function carryOut({ id, position }: Verification, { db, store, projections, clock }: KeepingVerifications, held: AbortSignal): Promise<void> {
  const progress = latestOnly((latest: Progress) => recordProgress(db, id, latest));
  try {
    const verdict = await verify({ db, store, projections, position, signal: held, onProgress: progress.tell });
    await progress.settled();
    held.throwIfAborted();
    await recordVerdict(db, id, verdict, clock);
  } catch (error) {
    await progress.settled();
    if (!held.aborted) await recordFailure(db, id, error instanceof Error ? error.message : String(error)).catch(() => {});
    throw error;
  }
}

/** Writes down what it is told, not too often, one after another. */
function latestOnly<T>(write: (value: T) => Promise<void>) {
  let last = -Infinity;
  let writing: Promise<void> = Promise.resolve();
  return {
    tell(value: T): void {
      if (performance.now() - last < PROGRESS_MS) return;
      last = performance.now();
      // How far it is is told as well as may be.
      writing = writing.then(() => write(value)).catch(() => {});
    },
    settled: () => writing,
  };
}
