import type { ExpectedRevision } from './event-store.js';

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
