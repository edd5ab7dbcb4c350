import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { StoreUnavailable } from '#event-store/errors.js';
import { isDatabaseAway } from '#platform/database-away.js';

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 500;

/** SQLSTATEs of a transaction that lost against another, of a statement that was stopped, and of a server that is not the primary. */
const ONCE_MORE = new Set(['40001', '40P01', '57014', '25006']);

/** Whether a new attempt may mend it. */
export function isPassing(error: unknown): boolean {
  return isDatabaseAway(error) || (error instanceof pg.DatabaseError && ONCE_MORE.has(error.code ?? ''));
}

/**
 * Attempts `work`, which must bear being done twice, until it is done or has failed for another reason than that the
 * database is away.
 * @param retryFor milliseconds after which no new attempt is made
 * @throws {StoreUnavailable}
 */
export async function persistently<T>(work: () => Promise<T>, retryFor: number, signal?: AbortSignal): Promise<T> {
  const until = performance.now() + retryFor;
  for (let longest = FIRST_PAUSE; ; longest = Math.min(longest * 2, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      // Spread, so that writers who lost the same server do not return in step.
      const spread = longest * (0.5 + Math.random() / 2);
      if (performance.now() + spread > until) throw new StoreUnavailable('PostgreSQL', { cause: error });
      await pause(spread, undefined, { signal });
    }
  }
}
