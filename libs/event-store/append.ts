import type { ExpectedRevision, NewEvent } from './event-store.js';

/** What a writer asks of the log. */
export interface Append {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly expected: ExpectedRevision;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** @throws {RangeError} what not every store could keep as it is */
export function checkAppend({ stream, events, expected }: Append): void {
  if (events.length === 0) throw new RangeError('an append has at least one event');
  for (const { id } of events) {
    if (!UUID.test(id)) throw new RangeError(`an event id is a UUID in lower case, not ${JSON.stringify(id)}`);
  }
  if (new Set(events.map(({ id }) => id)).size < events.length) throw new RangeError('an append has each event id once');
  for (const name of [stream, ...events.map(({ type }) => type)]) {
    if (name.includes('\0') || !name.isWellFormed()) {
      throw new RangeError(`a stream or type is Unicode without NUL, not ${JSON.stringify(name)}`);
    }
  }
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError(`an expected revision is a whole number from 0 on, not ${expected}`);
  }
}
