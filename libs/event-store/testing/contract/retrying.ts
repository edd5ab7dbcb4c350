import { describe, expect, test } from '@jest/globals';
import { EventIdTaken, WrongExpectedRevision } from '../../errors.js';
import type { ExpectedRevision } from '../../event-store.js';
import type { Differences, OpenStore } from '../contract.js';
import { readRest, someEvent, someEvents, someStream, streamOf } from '../some-events.js';

export function retrying(log: () => OpenStore, { takenIds }: Differences): void {
  describe.each<[ExpectedRevision, number]>([
    ['none', 0],
    [2, 3],
    ['exists', 3],
    ['any', 0],
    ['any', 3],
  ])('at %p, on a stream of %p events', (expected, events) => {
    test('the same append answers as the first time', async () => {
      const { store } = log();
      const stream = await streamOf(store, events);
      const before = await store.head();
      const append = someEvents(3);
      const first = await store.append(stream, append, expected);
      expect(await store.append(stream, append, expected)).toEqual(first);
      expect(await readRest(store, before)).toHaveLength(3);
    });

    test('also after others have appended', async () => {
      const { store, reopen } = log();
      const stream = await streamOf(store, events);
      const append = someEvents(2);
      const first = await store.append(stream, append, expected);
      await store.append(stream, someEvents(2), 'any');
      await streamOf(store, 1);
      const other = reopen?.();
      expect(await (other ?? store).append(stream, append, expected)).toEqual(first);
      await other?.close();
    });

    test('also sent many times at once', async () => {
      const { store } = log();
      const stream = await streamOf(store, events);
      const before = await store.head();
      const append = someEvents(2);
      const answers = await Promise.all(Array.from({ length: 10 }, () => store.append(stream, append, expected)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await readRest(store, before)).toHaveLength(2);
    });
  });

  test('the same ids where they do not stand are a conflict', async () => {
    const { store } = log();
    const stream = await streamOf(store, 2);
    const append = someEvents(2);
    await store.append(stream, append, 'any');
    await expect(store.append(stream, append, 'none')).rejects.toEqual(new WrongExpectedRevision(stream, 'none', 3));
    await expect(store.append(stream, append, 0)).rejects.toEqual(new WrongExpectedRevision(stream, 0, 3));
  });

  test('some of the ids, or all in another order, are no retry', async () => {
    const { store } = log();
    const stream = someStream();
    const [a, b, c] = someEvents(3) as [ReturnType<typeof someEvent>, ReturnType<typeof someEvent>, ReturnType<typeof someEvent>];
    await store.append(stream, [a, b], 'none');
    const before = await store.head();
    await expect(store.append(stream, [b, c], 'any')).rejects.toEqual(new EventIdTaken([b.id]));
    await expect(store.append(stream, [a, c], 'exists')).rejects.toEqual(new EventIdTaken([a.id]));
    await expect(store.append(stream, [b, a], 'any')).rejects.toEqual(new EventIdTaken([b.id, a.id]));
    await expect(store.append(stream, [a, b, c], 'any')).rejects.toEqual(new EventIdTaken([a.id, b.id]));
    await expect(store.append(stream, [a, c], 'none')).rejects.toEqual(new WrongExpectedRevision(stream, 'none', 1));
    expect(await readRest(store, before)).toEqual([]);
  });

  if (takenIds !== 'unseen') {
    test.each<ExpectedRevision>(['none', 'any'])('an id of another stream is taken, at %p', async (expected) => {
      const { store } = log();
      const event = someEvent();
      await store.append(someStream(), [event], 'none');
      await expect(store.append(someStream(), [event], expected)).rejects.toEqual(new EventIdTaken([event.id]));
    });

    test('an id of the same stream is taken, also where the stream is as expected', async () => {
      const { store } = log();
      const stream = await streamOf(store, 2);
      const append = someEvents(2);
      await store.append(stream, append, 1);
      await expect(store.append(stream, append, 3)).rejects.toEqual(new EventIdTaken(append.map(({ id }) => id)));
      await expect(store.append(stream, [append[1]!], 3)).rejects.toEqual(new EventIdTaken([append[1]!.id]));
    });
  }

  test('where both are wrong, the revision is named before the id', async () => {
    const { store } = log();
    const event = someEvent();
    await store.append(someStream(), [event], 'none');
    const stream = await streamOf(store, 2);
    await expect(store.append(stream, [event], 0)).rejects.toEqual(new WrongExpectedRevision(stream, 0, 1));
  });

  test('a refused append can be made later with the same ids', async () => {
    const { store } = log();
    const stream = await streamOf(store, 2);
    const append = someEvents(2);
    await expect(store.append(stream, append, 'none')).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(await store.append(stream, append, 1)).toMatchObject({ revision: 3 });
  });
}
