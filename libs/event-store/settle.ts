import type { Append } from './append.js';
import { EventIdTaken, WrongExpectedRevision } from './errors.js';
import type { Appended } from './event-store.js';
import { exactly } from './expected-revision.js';

/** Where an event stands in the log. */
export interface Place extends Appended {
  readonly stream: string;
}

/**
 * Tells the retry of an append from a conflict, once a store has found that it cannot simply be made.
 * @param actual where the stream stood instead of where it was expected; `undefined` where it was as expected
 * @param places of the append's ids, in their order; `undefined` for an id that is not in the log
 * @returns the first answer, where all events stand already where the append would have put them
 * @throws {WrongExpectedRevision | EventIdTaken}
 */
export function settle(append: Append, actual: number | undefined, places: readonly (Place | undefined)[]): Appended {
  const { stream, events, expected } = append;
  const before = exactly(expected);
  const first = before === undefined ? (places[0]?.revision ?? 0) : before + 1;
  const last = places.at(-1);
  if (last && places.every((place, n) => place?.stream === stream && place.revision === first + n)) {
    return { revision: last.revision, position: last.position };
  }
  if (actual !== undefined) throw new WrongExpectedRevision(stream, expected, actual);
  throw new EventIdTaken(events.filter((_, n) => places[n]).map(({ id }) => id));
}
