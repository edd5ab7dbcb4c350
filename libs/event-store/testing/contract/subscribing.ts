import { describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import type { Batch, EventStore, Position, RecordedEvent } from '../../event-store.js';
import type { Open, OpenStore } from '../contract.js';
import { collect, idsOf, readRest, someEvents, someStream, streamOf } from '../some-events.js';

/** The batches until `enough` says so; the subscription is then aborted and has ended. */
async function batchesUntil(
  store: EventStore,
  after: Position,
  enough: (seen: readonly RecordedEvent[], last: Batch) => boolean | Promise<boolean>,
): Promise<Batch[]> {
  const stop = new AbortController();
  const batches: Batch[] = [];
  for await (const batch of store.subscribe(after, stop.signal)) {
    batches.push(batch);
    if (await enough(eventsOf(batches), batch)) stop.abort();
  }
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  return batches;
}

const eventsOf = (batches: readonly Batch[]): RecordedEvent[] => batches.flatMap(({ events }) => events);

export function subscribing(log: () => OpenStore, open: Open): void {
  test('begins after the position, brings what is there and says that it has caught up', async () => {
    const { store } = log();
    const before = await store.head();
    await streamOf(store, 3);
    const all = await readRest(store, before);
    const batches = await batchesUntil(store, all[0]!.position, (_, { caughtUp }) => caughtUp);
    expect(eventsOf(batches)).toEqual(all.slice(1));
  });

  test('says that it has caught up also where there is nothing', async () => {
    const { store } = log();
    const batches = await batchesUntil(store, await store.head(), () => true);
    expect(batches).toEqual([{ events: [], caughtUp: true }]);
  });

  test('catches up with a long log in batches, of which only the last says so', async () => {
    const { store } = log();
    const before = await store.head();
    for (let n = 0; n < 5; n += 1) await streamOf(store, 500);
    const batches = await batchesUntil(store, before, (_, { caughtUp }) => caughtUp);
    expect(batches.length).toBeGreaterThan(1);
    expect(batches.map(({ caughtUp }) => caughtUp)).toEqual(batches.map((_, n) => n === batches.length - 1));
    expect(eventsOf(batches)).toEqual(await readRest(store, before));
  });

  test('is woken by what is appended later, again and again', async () => {
    const { store } = log();
    const events = someEvents(5);
    const stream = someStream();
    const batches = await batchesUntil(store, await store.head(), async (seen) => {
      if (seen.length === events.length) return true;
      await store.append(stream, [events[seen.length]!], 'any');
      return false;
    });
    expect(idsOf(eventsOf(batches))).toEqual(idsOf(events));
    expect(batches.every(({ caughtUp }) => caughtUp)).toBe(true);
  });

  test('is woken by what another store on the log appends', async () => {
    const { store, reopen } = log();
    if (!reopen) return;
    const other = reopen();
    let appended = false;
    await batchesUntil(store, await store.head(), async (seen) => {
      if (!appended) await streamOf(other, 1);
      appended = true;
      return seen.length > 0;
    });
    await other.close();
  });

  test('brings every event once and in order to each of several that follow many writers', async () => {
    const { store } = log();
    const before = await store.head();
    const following = Array.from({ length: 3 }, () => batchesUntil(store, before, (seen) => seen.length === 400));
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        for (let n = 0; n < 10; n += 1) await streamOf(store, 2);
      }),
    );
    const all = await readRest(store, before);
    for (const batches of await Promise.all(following)) expect(eventsOf(batches)).toEqual(all);
  });

  describe('ends without an error', () => {
    test('when it is aborted before it begins', async () => {
      const batches = await collect(log().store.subscribe(await log().store.head(), AbortSignal.abort()));
      expect(batches).toEqual([]);
    });

    test('when it is aborted while it waits', async () => {
      const { store } = log();
      const stop = new AbortController();
      const iterator = store.subscribe(await store.head(), stop.signal)[Symbol.asyncIterator]();
      await iterator.next();
      const waiting = iterator.next();
      stop.abort();
      expect(await waiting).toMatchObject({ done: true });
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    });

    test('when it is aborted in the midst of a long log', async () => {
      const { store } = log();
      const before = await store.head();
      for (let n = 0; n < 3; n += 1) await streamOf(store, 1_000);
      expect(await batchesUntil(store, before, () => true)).toHaveLength(1);
    });

    test('when the store is closed', async () => {
      const { store, close } = await open();
      const iterator = store.subscribe(await store.head(), new AbortController().signal)[Symbol.asyncIterator]();
      await iterator.next();
      const waiting = iterator.next();
      await store.close();
      expect(await waiting).toMatchObject({ done: true });
      await close();
    });
  });

  test('lets go of everything when its reader leaves', async () => {
    const { store } = log();
    const stop = new AbortController();
    for await (const batch of store.subscribe(await store.head(), stop.signal)) {
      expect(batch.caughtUp).toBe(true);
      break;
    }
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
}
