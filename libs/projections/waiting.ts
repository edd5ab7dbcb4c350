import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { WakeUps } from '#platform/wake-ups.js';
import { NotProjected } from './errors.js';

/**
 * Waits until the read side has reached a position.
 * @param news of whatever was projected
 * @returns false where it has not by the time that the signal aborts
 */
export const reached = (
  wanted: Position,
  position: () => Promise<Position>,
  news: WakeUps,
  signal: AbortSignal,
): Promise<boolean> => until(() => isReached(wanted, position), news, signal);

/** Waits until something holds, which is looked at now and with all news. @returns false where the signal aborts first */
export async function until(holds: () => Promise<boolean>, news: WakeUps, signal: AbortSignal): Promise<boolean> {
  let wake = (): void => {};
  const ring = (): void => wake();
  // Listened to before the first look, so that nothing is missed between that and the waiting.
  const stop = news.onMore(ring);
  signal.addEventListener('abort', ring);
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      if (await holds()) return true;
      if (signal.aborted) return false;
      await woken;
    }
  } finally {
    stop();
    signal.removeEventListener('abort', ring);
  }
}

async function isReached(wanted: Position, position: () => Promise<Position>): Promise<boolean> {
  try {
    return comparePositions(await position(), wanted) >= 0;
  } catch (error) {
    if (error instanceof NotProjected) return false;
    throw error;
  }
}
