import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';
import type { Clock } from '#platform/clock.js';

/** A copy, in memory, of what the log holds in some streams: to see what commands would do. */
export async function rehearsalLog(store: EventStore, streams: Iterable<string>, clock: Clock): Promise<EventStore> {
  const copy = inMemoryEventStore({ clock });
  for (const stream of streams) {
    for await (const { id, type, data, metadata } of readWholeStream(store, stream)) {
      await copy.append(stream, [{ id, type, data, metadata }], 'any');
    }
  }
  return copy;
}
