import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from './errors.js';

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 500;

export interface Patience {
  /** The name of what is tried. */
  readonly store: string;
  /** Milliseconds after which no new attempt is made. */
  readonly retryFor: number;
  /** Whether a new attempt may mend it. */
  isPassing(error: unknown): boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Milliseconds to wait before each new attempt: ever longer, and spread so that those who lost the same server do not return in step. */
export function* pauses(): Generator<number, never> {
  for (let longest = FIRST_PAUSE; ; longest = Math.min(longest * 2, LONGEST_PAUSE)) {
    yield longest * (0.5 + Math.random() / 2);
  }
}

/**
 * Attempts `work`, which must bear being done twice, until it is done or has failed for a reason that does not pass.
 * @throws {StoreUnavailable}
 */
export async function persistently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { store, retryFor, isPassing, signal } = patience;
  const until = performance.now() + retryFor;
  for (const next of pauses()) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (performance.now() + next > until) throw new StoreUnavailable(store, { cause: error });
      await pause(next, undefined, { signal });
    }
  }
  throw new StoreUnavailable(store);
}
