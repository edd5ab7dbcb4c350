import type { EventMetadata } from '#domain/catalogue.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';
import { recordedEvent } from '#projections/recorded-events.js';
import { rowAt, type Reading } from './rows.js';

export type EventFilter = { readonly stream?: string; readonly type?: string; readonly actor?: string };

const PAGE = 500;
/** How many events are looked at for one page of a list, so that a rare filter cannot hold a request for ever. */
const MOST_SCANNED = 50_000;

export type EventPage = {
  readonly items: readonly RecordedEvent[];
  /** Where to go on; absent where the log has been seen to its end. A page may be short, or empty, and yet have more after it. */
  readonly next?: Position;
};

/** A page of the raw log after a position and up to another. */
export async function listEvents(
  store: EventStore,
  filter: EventFilter,
  { after, upTo, limit }: { after: Position; upTo: Position; limit: number },
): Promise<EventPage> {
  const items: RecordedEvent[] = [];
  let last = after;
  let scanned = 0;
  for await (const event of eventsBetween(store, filter.stream, after, upTo)) {
    if (items.length === limit || scanned === MOST_SCANNED) return { items, next: last };
    scanned++;
    last = event.position;
    if (matches(event, filter)) items.push(event);
  }
  return { items };
}

/** The event with an id (a UUID) that the log had taken by the moment. */
export async function readEvent(store: EventStore, reading: Reading, id: string): Promise<RecordedEvent | undefined> {
  if (store.readEvent) {
    const event = await store.readEvent(id);
    return event && comparePositions(event.position, reading.at.position) <= 0 ? event : undefined;
  }
  const place = await rowAt(reading, recordedEvent, { id });
  return place && (await store.readStream(place.stream, place.revision, 1))[0];
}

/** Every matching event after a position and up to another, read page by page as it is consumed. */
export async function* exportEvents(store: EventStore, filter: EventFilter, after: Position, upTo: Position) {
  for await (const event of eventsBetween(store, filter.stream, after, upTo)) if (matches(event, filter)) yield event;
}

async function* eventsBetween(store: EventStore, stream: string | undefined, after: Position, upTo: Position) {
  for await (const event of stream === undefined ? wholeLog(store, after) : readWholeStream(store, stream)) {
    if (comparePositions(event.position, upTo) > 0) return;
    if (comparePositions(event.position, after) > 0) yield event;
  }
}

async function* wholeLog(store: EventStore, after: Position): AsyncGenerator<RecordedEvent> {
  for (let position = after; ; ) {
    const page = await store.readAll(position, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    position = page.at(-1)!.position;
  }
}

export function matches(event: RecordedEvent, { stream, type, actor }: EventFilter): boolean {
  return (
    (stream === undefined || event.stream === stream) &&
    (type === undefined || event.type === type) &&
    (actor === undefined || (event.metadata as unknown as EventMetadata).actor.subject === actor)
  );
}
