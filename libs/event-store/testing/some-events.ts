import { randomUUID } from 'node:crypto';
import type { EventStore, NewEvent, Position, RecordedEvent } from '../event-store.js';

export const someEvent = (data: NewEvent['data'] = {}): NewEvent => ({
  id: randomUUID(),
  type: 'SomethingHappened',
  data,
  metadata: { actor: 'a tester' },
});

export const someEvents = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => someEvent({ n }));

export const someStream = (): string => `stream-${randomUUID()}`;

/** A stream that has so many events. */
export async function streamOf(store: EventStore, count: number): Promise<string> {
  const stream = someStream();
  if (count > 0) await store.append(stream, someEvents(count), 'none');
  return stream;
}

/** Everything after a position. */
export async function readRest(store: EventStore, after: Position): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readAll(events.at(-1)?.position ?? after, 1_000);
    if (page.length === 0) return events;
    events.push(...page);
  }
}

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}
