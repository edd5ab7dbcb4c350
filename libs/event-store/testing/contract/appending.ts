import { describe, expect, test } from '@jest/globals';
import { EventIdTaken, StoreUnavailable, WrongExpectedRevision } from '../../errors.js';
import type { Appended, ExpectedRevision } from '../../event-store.js';
import { comparePositions } from '../../position.js';
import { readWholeStream } from '../../read-whole-stream.js';
import type { Differences, OpenStore } from '../contract.js';
import { collect, idsOf, readRest, someEvent, someEvents, someStream, streamOf } from '../some-events.js';

const WRITERS = 20;

export function appending(log: () => OpenStore, { takenIds }: Differences): void {
  describe.each<[ExpectedRevision, number]>([
    ['none', 0],
    [0, 1],
    [2, 3],
    ['exists', 1],
    ['exists', 3],
    ['any', 0],
    ['any', 3],
  ])('at %p', (expected, events) => {
    test(`a stream of ${events} events takes more`, async () => {
      const { store } = log();
      const stream = await streamOf(store, events);
      const added = someEvents(2);
      const { revision, position } = await store.append(stream, added, expected);
      expect(revision).toBe(events + 1);
      const recorded = await store.readStream(stream, events, 10);
      expect(idsOf(recorded)).toEqual(idsOf(added));
      expect(recorded.at(-1)).toMatchObject({ revision, position });
    });
  });

  describe.each<[ExpectedRevision, number]>([
    ['none', 1],
    ['none', 3],
    ['exists', 0],
    [0, 0],
    [0, 2],
    [1, 3],
    [3, 3],
    [100, 3],
    [2 ** 40, 3],
  ])('at %p', (expected, events) => {
    test(`a stream of ${events} events refuses more, and says where it is`, async () => {
      const { store } = log();
      const stream = await streamOf(store, events);
      const before = await store.head();
      const refusal = await store.append(stream, someEvents(2), expected).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WrongExpectedRevision);
      expect(refusal).toMatchObject({ stream, expected, actual: events - 1 });
      expect(await readRest(store, before)).toEqual([]);
    });
  });

  test('the events of one append stand together in the order given', async () => {
    const { store } = log();
    const before = await store.head();
    const events = someEvents(50);
    const stream = someStream();
    await Promise.all([streamOf(store, 3), store.append(stream, events, 'none'), streamOf(store, 3)]);
    const all = idsOf(await readRest(store, before));
    const start = all.indexOf(events[0]!.id);
    expect(all.slice(start, start + 50)).toEqual(idsOf(events));
  });

  test.each<ExpectedRevision>(['none', 4])('of many writers at %p exactly one wins', async (expected) => {
    const { store } = log();
    const stream = await streamOf(store, expected === 'none' ? 0 : 5);
    const last = expected === 'none' ? 0 : 5;
    const outcomes = await Promise.allSettled(
      Array.from({ length: WRITERS }, () => store.append(stream, [someEvent()], expected)),
    );
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(lost).toEqual(Array(WRITERS - 1).fill(new WrongExpectedRevision(stream, expected, last)));
    expect(lost.map((error) => (error as WrongExpectedRevision).actual)).toEqual(Array(WRITERS - 1).fill(last));
    expect(await store.readStream(stream, last, 10)).toHaveLength(1);
  });

  test.each<ExpectedRevision>(['exists', 'any'])('of many writers at %p every one wins', async (expected) => {
    const { store } = log();
    const stream = await streamOf(store, 1);
    const answers = await Promise.all(
      Array.from({ length: WRITERS }, () => store.append(stream, [someEvent()], expected)),
    );
    const revisions = answers.map(({ revision }) => revision).toSorted((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: WRITERS }, (_, n) => n + 1));
  });

  test('writers who go on after a lost race lose and double nothing', async () => {
    const { store } = log();
    const stream = someStream();
    const written = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const events = someEvents(10);
        let expected: ExpectedRevision = 'none';
        for (const event of events) {
          for (;;) {
            const answer: Appended | { lostAt: number } = await store.append(stream, [event], expected).catch((error: unknown) => {
              if (error instanceof WrongExpectedRevision) return { lostAt: error.actual };
              throw error;
            });
            expected = 'lostAt' in answer ? answer.lostAt : answer.revision;
            if (!('lostAt' in answer)) break;
          }
        }
        return idsOf(events);
      }),
    );
    const recorded = await collect(readWholeStream(store, stream));
    expect(idsOf(recorded).toSorted()).toEqual(written.flat().toSorted());
    for (const ids of written) expect(idsOf(recorded).filter((id) => ids.includes(id))).toEqual(ids);
    expect(recorded.map(({ revision }) => revision)).toEqual(recorded.map((_, n) => n));
  });

  test('under many writers the log keeps the order of every stream, and every answer is where the event stands', async () => {
    const { store, reopen } = log();
    const stores = reopen ? [store, reopen(), reopen()] : [store];
    const before = await store.head();
    const answered = new Map<string, string>();
    await Promise.all(
      Array.from({ length: 30 }, async (_, writer) => {
        const stream = someStream();
        let expected: ExpectedRevision = 'none';
        for (let n = 0; n < 10; n += 1) {
          const events = someEvents(1 + (n % 3));
          const { revision, position } = await stores[writer % stores.length]!.append(stream, events, expected);
          answered.set(events.at(-1)!.id, position);
          expected = revision;
        }
      }),
    );
    const all = await readRest(store, before);
    expect(all).toHaveLength(30 * 19);
    expect(all.map(({ position }) => position)).toEqual(all.map(({ position }) => position).toSorted(comparePositions));
    for (const [stream, events] of Map.groupBy(all, (event) => event.stream)) {
      expect([stream, events.map(({ revision }) => revision)]).toEqual([stream, events.map((_, n) => n)]);
    }
    const standing = new Map(all.map(({ id, position }) => [id, position]));
    expect([...answered].map(([id]) => standing.get(id))).toEqual([...answered.values()]);
    await Promise.all(stores.slice(1).map((other) => other.close()));
  });

  test('what is wrong with one append does not fail those beside it', async () => {
    const { store } = log();
    const stream = await streamOf(store, 2);
    const outcomes = await Promise.allSettled([
      store.append(someStream(), [someEvent()], 'none'),
      store.append(stream, [someEvent()], 5),
      store.append(someStream(), [someEvent()], 'any'),
      store.append(stream, [someEvent()], 'none'),
      store.append(someStream(), [someEvent()], 'none'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  if (takenIds === 'unseen') {
    test('an id that stands elsewhere in the log is not seen at a revision, and stands twice', async () => {
      const { store } = log();
      const event = someEvent();
      const streams = [someStream(), someStream()];
      for (const stream of streams) await store.append(stream, [event], 'none');
      await store.append(streams[0]!, [event], 0);
      for (const [n, stream] of streams.entries()) {
        expect(idsOf(await store.readStream(stream, 0, 10))).toEqual(Array(2 - n).fill(event.id));
      }
    });
  } else {
    test('an append with one taken id appends none of its events', async () => {
      const { store } = log();
      const taken = someEvent();
      await store.append(someStream(), [taken], 'none');
      const before = await store.head();
      const stream = someStream();
      await expect(store.append(stream, [someEvent(), taken, someEvent()], 'none')).rejects.toEqual(
        new EventIdTaken([taken.id]),
      );
      expect(await readRest(store, before)).toEqual([]);
      expect(await store.readStream(stream, 0, 10)).toEqual([]);
    });

    test('of two appends with one id on different streams one is made', async () => {
      const { store } = log();
      const event = someEvent();
      const outcomes = await Promise.allSettled([
        streamOf(store, 1),
        store.append(someStream(), [event], 'none'),
        store.append(someStream(), [event], 'none'),
      ]);
      expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([
        false,
        false,
        new EventIdTaken([event.id]),
      ]);
    });

    test('a taken id does not fail the appends beside it', async () => {
      const { store } = log();
      const taken = someEvent();
      await store.append(someStream(), [taken], 'none');
      const outcomes = await Promise.allSettled([
        store.append(someStream(), [someEvent()], 'none'),
        store.append(someStream(), [taken], 'none'),
        store.append(someStream(), [someEvent()], 'none'),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });
  }

  test('what no log can take is refused before it is tried', async () => {
    const { store } = log();
    const event = someEvent();
    await expect(store.append(someStream(), [], 'any')).rejects.toBeInstanceOf(RangeError);
    await expect(store.append(someStream(), [event, event], 'any')).rejects.toBeInstanceOf(RangeError);
    for (const id of ['', 'no UUID', event.id.toUpperCase(), `{${event.id}}`]) {
      await expect(store.append(someStream(), [{ ...event, id }], 'any')).rejects.toBeInstanceOf(RangeError);
    }
    for (const name of ['a\0b', '\ud83d']) {
      await expect(store.append(name, [event], 'any')).rejects.toBeInstanceOf(RangeError);
      await expect(store.append(someStream(), [{ ...event, type: name }], 'any')).rejects.toBeInstanceOf(RangeError);
    }
    for (const revision of [-1, 0.5, NaN, Infinity]) {
      await expect(store.append(someStream(), [event], revision)).rejects.toBeInstanceOf(RangeError);
    }
  });

  test('a change of an event after it was handed over is not recorded', async () => {
    const { store } = log();
    const data = { text: 'as it was' };
    const stream = someStream();
    const appending = store.append(stream, [someEvent(data)], 'none');
    data.text = 'changed';
    await appending;
    expect((await store.readStream(stream, 0, 1))[0]?.data).toEqual({ text: 'as it was' });
  });

  test('what is acknowledged is read by another store on the same log', async () => {
    const { store, reopen } = log();
    if (!reopen) return;
    const other = reopen();
    const stream = await streamOf(store, 3);
    expect(await other.readStream(stream, 0, 10)).toEqual(await store.readStream(stream, 0, 10));
    await other.close();
  });

  test('a closed store answers what it had taken, and takes no more', async () => {
    const { reopen } = log();
    if (!reopen) return;
    const other = reopen();
    const taken = other.append(someStream(), [someEvent()], 'none');
    await other.close();
    await expect(taken).resolves.toMatchObject({ revision: 0 });
    await expect(other.append(someStream(), [someEvent()], 'none')).rejects.toBeInstanceOf(StoreUnavailable);
  });
}
