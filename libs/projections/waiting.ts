import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { until } from '#platform/until.js';
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

async function isReached(wanted: Position, position: () => Promise<Position>): Promise<boolean> {
  try {
    return comparePositions(await position(), wanted) >= 0;
  } catch (error) {
    if (error instanceof NotProjected) return false;
    throw error;
  }
}
