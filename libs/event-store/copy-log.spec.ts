import { describe, expect, it } from '@jest/globals';
import { copyLog, NotACopy, type TakingLog } from './copy-log.js';
import type { EventStore } from './event-store.js';
import { inMemoryEventStore } from './in-memory.js';
import { readRest, someEvents, someStream } from './testing/some-events.js';

const clock = () => new Date('2024-01-01T00:00:00.000Z');

async function sourceOf(count: number): Promise<EventStore> {
  const store = inMemoryEventStore({ clock });
  const streams = [someStream(), someStream()];
  for (const [n, event] of someEvents(count).entries()) await store.append(streams[n % 2]!, [event], 'any');
  return store;
}

/** Takes so many pages, then breaks. */
function targetOf(pages = Infinity, store = inMemoryEventStore({ clock })): TakingLog {
  return {
    store,
    async take(events) {
      if (pages-- === 0) throw new Error('interrupted');
      for (const { stream, revision, id, type, data, metadata } of events) {
        await store.append(stream, [{ id, type, data, metadata }], revision === 0 ? 'none' : revision - 1);
      }
    },
  };
}

describe('copying a log', () => {
  it('gives every event as it is, in its order, and tells how far it is', async () => {
    const source = await sourceOf(2_500);
    const target = targetOf();
    const told: string[] = [];
    expect(await copyLog(source, target, ({ doing, events }) => told.push(`${doing} ${events}`))).toEqual({ events: 2_500, copied: 2_500 });
    expect(await readRest(target.store, '0')).toEqual(await readRest(source, '0'));
    expect(told).toEqual(['copying 1000', 'copying 2000', 'copying 2500', 'verifying 1000', 'verifying 2000', 'verifying 2500']);
  });

  it('goes on after an interruption, and does nothing a second time', async () => {
    const source = await sourceOf(2_500);
    const interrupted = targetOf(2);
    await expect(copyLog(source, interrupted)).rejects.toThrow('interrupted');
    const target = targetOf(Infinity, interrupted.store);
    expect(await copyLog(source, target)).toEqual({ events: 2_500, copied: 500 });
    expect(await copyLog(source, target)).toEqual({ events: 2_500, copied: 0 });
  });

  it('names the first difference, and copies nothing into what is no copy', async () => {
    const source = await sourceOf(3);
    const target = targetOf();
    await copyLog(source, target);
    const changed: EventStore = {
      ...source,
      readAll: async (after, limit) => (await source.readAll(after, limit)).map((event) => (event.position === '2' ? { ...event, data: { n: 'other' } } : event)),
    };
    await expect(copyLog(changed, target)).rejects.toThrow(/^event 2, [0-9a-f-]+, is another in the target: its data differs$/);
    const another = targetOf();
    await another.store.append(someStream(), someEvents(1), 'none');
    await expect(copyLog(source, another)).rejects.toThrow(NotACopy);
    expect(await another.store.head()).toBe('1');
  });

  it('refuses a target that is longer than its source', async () => {
    const source = await sourceOf(2);
    const target = targetOf();
    await copyLog(source, target);
    await target.store.append(someStream(), someEvents(1), 'none');
    await expect(copyLog(source, target)).rejects.toThrow(/^the target has an event 3, [0-9a-f-]+, that the source has not$/);
  });
});
