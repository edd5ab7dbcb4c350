import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { EventIdTaken, StoreUnavailable, WrongExpectedRevision } from '#event-store/errors.js';
import type { Appended, ExpectedRevision } from '#event-store/event-store.js';
import { appendQueue, type Commit } from './append-queue.js';
import { writeOut, type WrittenAppend } from './written-append.js';

const anAppend = (stream: string, expected: ExpectedRevision = 'any', events = 1, text = ''): WrittenAppend =>
  writeOut({
    stream,
    expected,
    events: Array.from({ length: events }, () => ({ id: randomUUID(), type: 'Happened', data: { text }, metadata: {} })),
  });

/** A queue whose commits are made by hand, in their order. */
function queueByHand() {
  const groups: (readonly WrittenAppend[])[] = [];
  const decisions: { resolve(results: PromiseSettledResult<Appended>[]): void; reject(reason: unknown): void }[] = [];
  let called = (): void => {};
  const commit: Commit = (group) =>
    new Promise((resolve, reject) => {
      groups.push(group);
      decisions.push({ resolve, reject });
      called();
    });
  return {
    queue: appendQueue(commit),
    groups,
    /** The streams of the nth commit, once it is under way. */
    async streams(nth: number): Promise<string[]> {
      while (groups.length <= nth) await new Promise<void>((resolve) => (called = resolve));
      return groups[nth]!.map(({ stream }) => stream);
    },
    make: (nth: number, revision = 0) =>
      decisions[nth]!.resolve(groups[nth]!.map(() => ({ status: 'fulfilled', value: { revision, position: '1' } }))),
    decide: (nth: number, results: PromiseSettledResult<Appended>[]) => decisions[nth]!.resolve(results),
    fail: (nth: number, reason: unknown) => decisions[nth]!.reject(reason),
  };
}

test('the first append goes alone and at once; those that come meanwhile go together', async () => {
  const { queue, groups, streams, make } = queueByHand();
  void queue.add(anAppend('a'));
  expect(groups).toHaveLength(1);
  for (const stream of ['b', 'c', 'd']) void queue.add(anAppend(stream));
  expect(groups).toHaveLength(1);
  make(0);
  expect(await streams(1)).toEqual(['b', 'c', 'd']);
});

test('who was just answered and appends again at once shares the next commit', async () => {
  const { queue, streams, make } = queueByHand();
  const again = queue.add(anAppend('a')).then(() => queue.add(anAppend('a')));
  void queue.add(anAppend('b'));
  make(0);
  expect((await streams(1)).toSorted()).toEqual(['a', 'b']);
  make(1);
  await again;
});

test('a commit has one append of each stream, in the order of arrival', async () => {
  const { queue, groups, streams, make } = queueByHand();
  void queue.add(anAppend('first'));
  const appends = ['a', 'a', 'b', 'a', 'b'].map((stream) => anAppend(stream));
  for (const append of appends) void queue.add(append);
  make(0);
  expect(await streams(1)).toEqual(['a', 'b']);
  make(1);
  expect(await streams(2)).toEqual(['a', 'b']);
  make(2);
  expect(await streams(3)).toEqual(['a']);
  const made = groups.slice(1).flat();
  expect(made).toEqual([appends[0], appends[2], appends[1], appends[4], appends[3]]);
});

test('racers for the place that another has just taken are refused without a commit', async () => {
  const { queue, groups, streams, make } = queueByHand();
  const winner = queue.add(anAppend('a', 6, 3));
  const losers = [queue.add(anAppend('a', 6)), queue.add(anAppend('a', 6, 2))];
  const others = [anAppend('a', 9), anAppend('a', 5), anAppend('a', 'any'), anAppend('a', 'exists')];
  for (const other of others) void queue.add(other).catch(() => {});
  make(0, 9);
  expect(await winner).toEqual({ revision: 9, position: '1' });
  for (const loser of losers) await expect(loser).rejects.toEqual(new WrongExpectedRevision('a', 6, 9));
  // What they are answered is for the log to say.
  for (const [n, other] of others.entries()) {
    await streams(n + 1);
    expect(groups[n + 1]).toEqual([other]);
    make(n + 1, 100);
  }
});

test('the racers of a stream that began are refused likewise, and its retry is not', async () => {
  const { queue, groups, streams, make } = queueByHand();
  const append = anAppend('a', 'none');
  void queue.add(append);
  const loser = queue.add(anAppend('a', 'none'));
  const retry = queue.add(append);
  make(0, 0);
  await expect(loser).rejects.toEqual(new WrongExpectedRevision('a', 'none', 0));
  await streams(1);
  expect(groups[1]).toEqual([append]);
  make(1, 0);
  expect(await retry).toEqual({ revision: 0, position: '1' });
});

test('a refusal of one leaves those who wait for its stream to the log', async () => {
  const { queue, streams, decide } = queueByHand();
  const refused = queue.add(anAppend('a', 6));
  void queue.add(anAppend('a', 6));
  const reason = new EventIdTaken(['x']);
  decide(0, [{ status: 'rejected', reason }]);
  await expect(refused).rejects.toBe(reason);
  expect(await streams(1)).toEqual(['a']);
});

test('the size of a commit is bounded in appends, in events and in characters', async () => {
  const { queue, groups, streams, make } = queueByHand();
  void queue.add(anAppend('first'));
  for (let n = 0; n < 300; n += 1) void queue.add(anAppend(`small-${n}`));
  for (let n = 0; n < 3; n += 1) void queue.add(anAppend(`many-${n}`, 'any', 500));
  for (let n = 0; n < 3; n += 1) void queue.add(anAppend(`long-${n}`, 'any', 1, 'x'.repeat(3_000_000)));
  void queue.add(anAppend('huge', 'any', 2_000));
  let made = 0;
  for (let n = 0; made < 308; n += 1) {
    made += (await streams(n)).length;
    make(n);
  }
  expect(groups.map((group) => group.length)).toEqual([1, 256, 45, 3, 1, 1, 1]);
});

test('when the database is away, all who wait are told, and the next append is tried', async () => {
  const { queue, streams, fail, make } = queueByHand();
  const waiting = ['a', 'b', 'c'].map((stream) => queue.add(anAppend(stream)));
  fail(0, new StoreUnavailable('PostgreSQL'));
  for (const append of waiting) await expect(append).rejects.toBeInstanceOf(StoreUnavailable);
  const next = queue.add(anAppend('d'));
  expect(await streams(1)).toEqual(['d']);
  make(1);
  await next;
});

test('another failure is of those alone whom it met', async () => {
  const { queue, streams, fail, make } = queueByHand();
  const failed = queue.add(anAppend('a'));
  const made = queue.add(anAppend('b'));
  fail(0, new TypeError('a fault'));
  await expect(failed).rejects.toThrow('a fault');
  await streams(1);
  make(1);
  await expect(made).resolves.toBeDefined();
});

test('it is drained when all are answered', async () => {
  const { queue, streams, make } = queueByHand();
  await queue.drained();
  let answered = 0;
  for (const stream of ['a', 'b']) void queue.add(anAppend(stream)).then(() => (answered += 1));
  const drained = queue.drained().then(() => answered);
  make(0);
  await streams(1);
  make(1);
  expect(await drained).toBe(2);
});
