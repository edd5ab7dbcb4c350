import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import type pg from 'pg';
import { StoreUnavailable } from '#event-store/errors.js';
import type { EventStore, NewEvent } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { postgresEventStore } from './postgres-event-store.js';
import { readQueue, type StreamRead } from './read-queue.js';

const read = (stream: string): StreamRead => ({ stream, from: 0, limit: 10 });

describe('reads of streams', () => {
  /** What was asked of the database at once, each call answered when the test says so. */
  function recordedCalls(fail: (streams: readonly string[]) => Error | undefined = () => undefined) {
    const calls: string[][] = [];
    const open: (() => void)[] = [];
    const queue = readQueue(async (reads) => {
      const streams = reads.map(({ stream }) => stream);
      calls.push(streams);
      await new Promise<void>((resolve) => open.push(resolve));
      const failure = fail(streams);
      if (failure) throw failure;
      return streams.map(() => []);
    });
    const answerAll = async (): Promise<void> => {
      for (; open.length > 0; await turn()) open.shift()!();
    };
    return { calls, queue, answerAll };
  }

  it('wait for nobody when alone, and share one call when they come during another', async () => {
    const { calls, queue, answerAll } = recordedCalls();
    const pages = Promise.all(['a', 'b', 'c'].map((stream) => queue(read(stream))));
    expect(calls).toEqual([['a']]);
    await answerAll();
    await pages;
    await Promise.all([queue(read('d')), answerAll()]);
    expect(calls).toEqual([['a'], ['b', 'c'], ['d']]);
  });

  it('fail alone for what is wrong with one of them, and together where the store is away', async () => {
    const isolated = recordedCalls((streams) => (streams.includes('bad') ? new Error('bad') : undefined));
    const settled = Promise.allSettled(['a', 'b', 'bad', 'c'].map((stream) => isolated.queue(read(stream))));
    await isolated.answerAll();
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);

    const away = recordedCalls(() => new StoreUnavailable('PostgreSQL'));
    const failed = Promise.allSettled(['a', 'b', 'c'].map((stream) => away.queue(read(stream))));
    await away.answerAll();
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(away.calls).toEqual([['a'], ['b', 'c']]);
  });
});

describe('many reads at once of a PostgreSQL log', () => {
  let database: FreshDatabase;
  let pool: pg.Pool;
  let store: EventStore;
  beforeAll(async () => {
    database = await freshDatabase();
    await migrate(database.url, ['event-store']);
    pool = createPool(database.url, { max: 4, applicationName: 'test' });
    store = postgresEventStore(pool);
  });
  afterAll(async () => {
    await store.close();
    await pool.end();
    await database.drop();
  });

  const event = (n: number): NewEvent => ({ id: randomId(), type: 'Happened', data: { n }, metadata: {} });

  it('give each reader its own stream, from its own revision, up to its own limit', async () => {
    const streams = Array.from({ length: 100 }, (_, n) => `thing-${n}`);
    await Promise.all(streams.map((stream, n) => store.append(stream, Array.from({ length: 1 + (n % 5) }, (_, k) => event(k)), 'none')));
    const asked = [...streams, 'thing-unknown', 'thing-4'].map((stream, n) => ({ stream, from: n % 3, limit: 1 + (n % 2) }));
    const pages = await Promise.all(asked.map(({ stream, from, limit }) => store.readStream(stream, from, limit)));
    for (const [n, { stream, from, limit }] of asked.entries()) {
      const all = await store.readStream(stream, 0, 10);
      expect(all).toHaveLength(stream === 'thing-unknown' ? 0 : 1 + (Number(stream.split('-')[1]) % 5));
      expect(pages[n]).toEqual(all.slice(from, from + limit));
    }
  });

  it('fail alone where a name cannot be one', async () => {
    const settled = await Promise.allSettled(['thing-1', 'thing-2', 'thing-\0', 'thing-3'].map((stream) => store.readStream(stream, 0, 10)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
