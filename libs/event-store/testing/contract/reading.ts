import { expect, test } from '@jest/globals';
import { BEGINNING } from '../../event-store.js';
import { comparePositions, isPosition } from '../../position.js';
import { readWholeStream } from '../../read-whole-stream.js';
import type { OpenStore } from '../contract.js';
import { collect, idsOf, readRest, someEvents, someStream, streamOf } from '../some-events.js';

export function reading(log: () => OpenStore): void {
  test('a stream is read from a revision on, as far as asked', async () => {
    const { store } = log();
    const stream = someStream();
    const events = someEvents(10);
    await store.append(stream, events, 'none');
    await streamOf(store, 2);
    expect(idsOf(await store.readStream(stream, 0, 100))).toEqual(idsOf(events));
    expect(idsOf(await store.readStream(stream, 3, 4))).toEqual(idsOf(events.slice(3, 7)));
    expect(idsOf(await store.readStream(stream, 9, 4))).toEqual(idsOf(events.slice(9)));
    expect(await store.readStream(stream, 10, 4)).toEqual([]);
    expect(await store.readStream(stream, 2 ** 40, 4)).toEqual([]);
    expect(await store.readStream(someStream(), 0, 4)).toEqual([]);
  });

  test('streams whose names begin alike are not mixed up', async () => {
    const { store } = log();
    const stream = await streamOf(store, 1);
    await store.append(`${stream}-2`, someEvents(1), 'none');
    await store.append(stream.toUpperCase(), someEvents(1), 'none');
    expect(await store.readStream(stream, 0, 10)).toHaveLength(1);
  });

  test('a stream of more than one page is read whole', async () => {
    const { store } = log();
    const stream = await streamOf(store, 2_500);
    const revisions = (await collect(readWholeStream(store, stream))).map(({ revision }) => revision);
    expect(revisions).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
    expect(await collect(readWholeStream(store, stream, 2_499))).toHaveLength(1);
  });

  test('the log is read after a position, as far as asked, in the order of appending', async () => {
    const { store } = log();
    const before = await store.head();
    const streams = [await streamOf(store, 2), await streamOf(store, 1), await streamOf(store, 2)];
    const all = await store.readAll(before, 100);
    expect(all.map(({ stream }) => stream)).toEqual([0, 0, 1, 2, 2].map((n) => streams[n]));
    expect(await store.readAll(all[1]!.position, 2)).toEqual(all.slice(2, 4));
    expect(await store.readAll(all.at(-1)!.position, 100)).toEqual([]);
    expect((await store.readAll(BEGINNING, 1))[0]?.position).toBeDefined();
  });

  test('positions are canonical decimals, each greater than the one before', async () => {
    const { store } = log();
    const before = await store.head();
    await streamOf(store, 12);
    const positions = (await readRest(store, before)).map(({ position }) => position);
    expect(positions.every(isPosition)).toBe(true);
    for (const [n, position] of positions.entries()) {
      expect(comparePositions(positions[n - 1] ?? before, position)).toBeLessThan(0);
    }
  });

  test('the head is the position of the last event', async () => {
    const { store } = log();
    const { position } = await store.append(someStream(), someEvents(3), 'none');
    expect(await store.head()).toBe(position);
    expect((await store.readAll(BEGINNING, 1_000_000)).at(-1)?.position).toBe(position);
  });

  test('an event is read alike by its stream and by the log', async () => {
    const { store } = log();
    const before = await store.head();
    const stream = await streamOf(store, 3);
    expect(await store.readStream(stream, 0, 3)).toEqual(await store.readAll(before, 3));
  });
}
