import { expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import type { Position, RecordedEvent } from './event-store.js';
import { follow, type Followed } from './follow.js';

const LIMIT = 2;

const eventAt = (position: number): RecordedEvent => ({
  id: '',
  type: '',
  data: {},
  metadata: {},
  stream: '',
  revision: 0,
  position: String(position),
  recordedAt: '',
});

interface Log {
  length: number;
  readonly reads: Position[];
  failure?: Error;
  wake(): void;
  readonly source: Followed;
}

/** A log of numbered events whose reads are told of, and can be told to fail. */
function logOf(length: number): Log {
  const log: Log = {
    length,
    reads: [],
    wake: () => {},
    source: {
      limit: LIMIT,
      async read(after) {
        log.reads.push(after);
        await turn();
        if (log.failure) throw log.failure;
        const rest = Math.min(LIMIT, log.length - Number(after));
        return Array.from({ length: rest }, (_, n) => eventAt(Number(after) + n + 1));
      },
      onMore(wake) {
        log.wake = wake;
        return () => (log.wake = () => {});
      },
    },
  };
  return log;
}

const positionsOf = (events: readonly RecordedEvent[]): number[] => events.map(({ position }) => Number(position));

test('while the reader works on a batch the next is read, and none beyond it', async () => {
  const log = logOf(100);
  const batches = follow(log.source, '0', new AbortController().signal);
  expect(positionsOf((await batches.next()).value!.events)).toEqual([1, 2]);
  for (let n = 0; n < 10; n += 1) await turn();
  expect(log.reads).toEqual(['0', '2']);
  expect(positionsOf((await batches.next()).value!.events)).toEqual([3, 4]);
  for (let n = 0; n < 10; n += 1) await turn();
  expect(log.reads).toEqual(['0', '2', '4']);
  await batches.return(undefined);
});

test('what is appended during a read is not missed, though its wake-up came before the waiting', async () => {
  const log = logOf(1);
  const batches = follow(log.source, '0', new AbortController().signal);
  const first = batches.next();
  await Promise.resolve();
  log.wake();
  expect(positionsOf((await first).value!.events)).toEqual([1]);
  log.length = 2;
  expect(positionsOf((await batches.next()).value!.events)).toEqual([2]);
  await batches.return(undefined);
});

test('a wake-up without anything new brings no batch', async () => {
  const log = logOf(1);
  const batches = follow(log.source, '0', new AbortController().signal);
  await batches.next();
  const second = batches.next();
  for (let n = 0; n < 5; n += 1) {
    await turn();
    log.wake();
  }
  log.length = 2;
  log.wake();
  expect((await second).value).toMatchObject({ events: [{ position: '2' }], caughtUp: true });
  expect(log.reads.length).toBeGreaterThan(2);
  await batches.return(undefined);
});

test('after a log that ends with a full page an empty batch says that all of it was read', async () => {
  const batches = follow(logOf(2).source, '0', new AbortController().signal);
  expect((await batches.next()).value).toMatchObject({ events: [{ position: '1' }, { position: '2' }], caughtUp: false });
  expect((await batches.next()).value).toEqual({ events: [], caughtUp: true });
});

test('a read that fails fails the reader, also one that failed ahead of it', async () => {
  const log = logOf(100);
  const batches = follow(log.source, '0', new AbortController().signal);
  log.failure = new Error('no such table');
  await expect(batches.next()).rejects.toThrow('no such table');

  const later = logOf(100);
  const others = follow(later.source, '0', new AbortController().signal);
  await others.next();
  later.failure = new Error('no such table');
  for (let n = 0; n < 5; n += 1) await turn();
  await expect(others.next()).rejects.toThrow('no such table');
});

test('an abort ends it without an error, also when the read fails because of it', async () => {
  const log = logOf(100);
  const stop = new AbortController();
  const batches = follow(log.source, '0', stop.signal);
  const first = batches.next();
  log.failure = new Error('aborted');
  stop.abort();
  expect(await first).toEqual({ done: true, value: undefined });
});
