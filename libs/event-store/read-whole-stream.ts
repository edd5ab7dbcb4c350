import type { EventStore, RecordedEvent } from './event-store.js';

const PAGE = 1_000;

/** Every event of a stream from a revision on, page by page. */
export async function* readWholeStream(
  store: EventStore,
  stream: string,
  fromRevision = 0,
): AsyncGenerator<RecordedEvent> {
  for (let next = fromRevision; ; ) {
    const page = await store.readStream(stream, next, PAGE);
    yield* page;
    if (page.length < PAGE) return;
    next += page.length;
  }
}
