import pg from 'pg';
import { persistently as attemptPersistently } from '#event-store/persistently.js';
import { isDatabaseAway } from '#platform/database-away.js';

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
export const persistently = <T>(work: () => Promise<T>, retryFor: number, signal?: AbortSignal): Promise<T> =>
  attemptPersistently(work, { store: 'PostgreSQL', retryFor, isPassing, signal });
