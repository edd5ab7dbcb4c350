/** A JSON value as it stands in an event. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * A place in the log: a decimal string, totally ordered by value, never to be computed with.
 * `'0'` stands before the first event. It may exceed what a double can hold: compare with `comparePositions`.
 */
export type Position = string;

export const BEGINNING: Position = '0';

export interface NewEvent {
  /** UUID in lower case. The same id again is the same event again. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream; the first is 0. */
  readonly revision: number;
  readonly position: Position;
  /** RFC 3339, UTC, milliseconds. Never decreases along the log, where the store keeps the time itself. */
  readonly recordedAt: string;
}

/** What the writer believes of the stream: its last revision, that it has no events, that it has some, or nothing. */
export type ExpectedRevision = number | 'none' | 'exists' | 'any';

export interface Appended {
  /** Of the last event appended. */
  readonly revision: number;
  readonly position: Position;
}

export interface Batch {
  readonly events: readonly RecordedEvent[];
  /** True where nothing further was in the log when this batch was read. A batch may then be empty. */
  readonly caughtUp: boolean;
}

/**
 * The log. Every store passes `contract.ts`.
 *
 * Guarantees: an append is all or nothing and is on disk when it is answered; position order is commit order, so that a
 * reader who has seen a position will never find a new event at or before it; events are never changed or removed.
 */
export interface EventStore {
  /**
   * Appends at least one event. The same ids at the same expectation again answer as the first time.
   * @throws {WrongExpectedRevision} the stream is elsewhere; nothing was appended
   * @throws {EventIdTaken} an id is in the log already, and not as this very append; nothing was appended. Not every store
   *   can see that (`docs/event-stores.md`)
   * @throws {StoreUnavailable} the store could not be reached, also after retries; the append may or may not have been made,
   *   and the same append again settles it
   */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** Up to `limit` events of one stream from a revision on, in order. An unknown stream has none. */
  readStream(stream: string, fromRevision: number, limit: number): Promise<RecordedEvent[]>;

  /** Up to `limit` events of the whole log after a position, in order. */
  readAll(after: Position, limit: number): Promise<RecordedEvent[]>;

  /** The event with an id (a UUID), wherever it stands. Absent where the log has no index of ids: the read side then keeps one. */
  readEvent?(id: string): Promise<RecordedEvent | undefined>;

  /** The position of the last event, or `BEGINNING`. */
  head(): Promise<Position>;

  /**
   * Everything after a position, then live, until the signal aborts (the iteration then ends without an error).
   * Reconnects by itself; throws only what a new attempt cannot mend.
   */
  subscribe(after: Position, signal: AbortSignal): AsyncIterable<Batch>;

  /** Names this very log, for ever: another log, also one that was copied from it event by event, has another. */
  logId(): Promise<string>;

  close(): Promise<void>;
}
