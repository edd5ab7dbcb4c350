import { InvalidArgumentError } from 'commander';
import type { Position } from '#event-store/event-store.js';
import { isPosition } from '#event-store/position.js';

/** An option that is a place in the log. */
export function logPosition(text: string): Position {
  if (!isPosition(text)) throw new InvalidArgumentError('It is a whole number, as the log has them.');
  return text;
}
