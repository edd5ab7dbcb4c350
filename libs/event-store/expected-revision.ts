import type { ExpectedRevision, NewEvent } from './event-store.js';

/** The revision of a stream that has no events. */
export const NO_REVISION = -1;

/** Whether a stream at `actual` (its last revision, or `NO_REVISION`) is where the writer expects it. */
export function isMet(expected: ExpectedRevision, actual: number): boolean {
  if (expected === 'any') return true;
  if (expected === 'exists') return actual !== NO_REVISION;
  return actual === exactly(expected);
}

/** The one revision that an expectation names; `undefined` for those that any of several would meet. */
export function exactly(expected: ExpectedRevision): number | undefined {
  if (expected === 'none') return NO_REVISION;
  return typeof expected === 'number' ? expected : undefined;
}

/** @throws {RangeError} what no store can append: no events, one id twice, an expectation that is no revision */
export function checkAppend(events: readonly NewEvent[], expected: ExpectedRevision): void {
  if (events.length === 0) throw new RangeError('an append has at least one event');
  if (new Set(events.map(({ id }) => id.toLowerCase())).size < events.length) {
    throw new RangeError('an append has each event id once');
  }
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError(`an expected revision is a whole number from 0 on, not ${expected}`);
  }
}
