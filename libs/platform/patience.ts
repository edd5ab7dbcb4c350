import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from './database-away.js';

/** Milliseconds between attempts: the first wait, doubled each time, up to the longest. */
export interface Patience {
  readonly first: number;
  readonly longest: number;
}

/** Waits, or less where the signal aborts meanwhile. */
export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  delay(milliseconds, undefined, { signal }).catch(() => {});

export const nextWait = (wait: number, { longest }: Patience): number => Math.min(wait * 2, longest);

/** Lock conflicts, and a server that is away: the same may work later. */
const isPassing = (error: unknown): boolean =>
  isDatabaseAway(error) || (error instanceof Error && 'code' in error && ['40001', '40P01', '55P03'].includes(String(error.code)));

/** Does it again for as long as it fails by what passes. @throws what does not pass, or the signal's reason */
export async function persist<T>(work: () => Promise<T>, patience: Patience, signal: AbortSignal): Promise<T> {
  for (let wait = patience.first; ; wait = nextWait(wait, patience)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(wait, signal);
    }
  }
}
