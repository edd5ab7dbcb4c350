import type { ExpectedRevision } from './event-store.js';

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** The revision the stream has; -1 where it has no events. */
    readonly actual: number,
  ) {
    super(`stream ${stream} was expected at ${expected}, but is at ${actual === -1 ? 'none' : actual}`);
  }
}

export class EventIdTaken extends Error {
  override readonly name = 'EventIdTaken';
  constructor(readonly ids: readonly string[]) {
    super(`event ids are in the log already: ${ids.join(', ')}`);
  }
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(store: string, options?: ErrorOptions) {
    super(`${store} cannot be reached`, options);
  }
}
