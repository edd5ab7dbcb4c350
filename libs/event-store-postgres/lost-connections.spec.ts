import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:net';
import type pg from 'pg';
import { StoreUnavailable, WrongExpectedRevision } from '#event-store/errors.js';
import type { EventStore, ExpectedRevision } from '#event-store/event-store.js';
import { collect, idsOf, readRest, someEvent, someEvents, someStream, streamOf } from '#event-store/testing/some-events.js';
import { createPool } from '#platform/database.js';
import { postgresEventStore } from './postgres-event-store.js';
import { cuttingProxy, type CuttingProxy } from './testing/cutting-proxy.js';
import { freshLog, type FreshLog } from './testing/fresh-log.js';

let log: FreshLog;
beforeAll(async () => {
  log = await freshLog();
});
afterAll(() => log.close());

describe('an append whose answer is lost', () => {
  let proxy: CuttingProxy;
  let pool: pg.Pool;
  let store: EventStore;
  beforeAll(async () => {
    proxy = await cuttingProxy(log.url);
    pool = createPool(proxy.url, { max: 4, applicationName: 'cut off' });
    store = postgresEventStore(pool);
  });
  afterAll(async () => {
    await store.close();
    await pool.end();
    await proxy.close();
  });

  test.each<[ExpectedRevision, number]>([
    ['none', 0],
    [2, 3],
    ['exists', 3],
    ['any', 0],
  ])('is made once, and answered, at %p', async (expected, events) => {
    const stream = await streamOf(log.store, events);
    const before = await log.store.head();
    const append = someEvents(2);
    await store.append(someStream(), [someEvent()], 'none');
    const cuts = proxy.cuts;
    proxy.cutAnswerTo(append[0]!.id);
    const answer = await store.append(stream, append, expected);
    expect(proxy.cuts).toBe(cuts + 1);
    expect(answer.revision).toBe(events + 1);
    const made = (await readRest(log.store, before)).filter((event) => event.stream === stream);
    expect(idsOf(made)).toEqual(idsOf(append));
    expect(made.at(-1)?.position).toBe(answer.position);
  });

  test('is settled for each of those that shared the commit', async () => {
    const before = await log.store.head();
    const occupied = await streamOf(log.store, 1);
    const first = store.append(someStream(), [someEvent()], 'none');
    const appends = Array.from({ length: 5 }, () => ({ stream: someStream(), events: someEvents(2) }));
    proxy.cutAnswerTo(appends[3]!.events[0]!.id);
    const cuts = proxy.cuts;
    const answers = await Promise.allSettled([
      ...appends.map(({ stream, events }, n) => store.append(stream, events, n % 2 ? 'any' : 'none')),
      store.append(occupied, [someEvent()], 'none'),
    ]);
    await first;
    expect(proxy.cuts).toBe(cuts + 1);
    expect(answers.slice(0, 5).map((answer) => answer.status === 'fulfilled' && answer.value.revision)).toEqual(
      Array(5).fill(1),
    );
    expect(answers[5]).toMatchObject({ reason: new WrongExpectedRevision(occupied, 'none', 0) });
    expect(await readRest(log.store, before)).toHaveLength(1 + 1 + 10);
  });
});

test('writers whose connections are ended again and again lose and double nothing', async () => {
  const before = await log.store.head();
  const progress = new EventEmitter();
  const acknowledged: string[] = [];
  let ended = 0;
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    const stream = someStream();
    let expected: ExpectedRevision = 'none';
    while (ended < 30) {
      const event = someEvent({ writer });
      expected = (await log.store.append(stream, [event], expected)).revision;
      acknowledged.push(event.id);
      progress.emit('acknowledged');
    }
  });
  while (ended < 30) {
    await once(progress, 'acknowledged');
    ended += await endConnections('event store spec');
  }
  await Promise.all(writers);
  expect(idsOf(await readRest(log.store, before)).toSorted()).toEqual(acknowledged.toSorted());
});

/** Ends the connections of an application that are at work or idle; answers how many. */
async function endConnections(application: string): Promise<number> {
  const { rows } = await admin.query<{ ended: number }>(
    `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = $1`,
    [application],
  );
  return rows[0]!.ended;
}

let admin: pg.Pool;
beforeAll(() => {
  admin = createPool(log.url, { max: 1, applicationName: 'admin' });
});
afterAll(() => admin.end());

/** The ids that a subscription brings, as they come. */
function following(store: EventStore, after: string) {
  const stop = new AbortController();
  const iterator = store.subscribe(after, stop.signal)[Symbol.asyncIterator]();
  return {
    async next(): Promise<string[]> {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) throw new Error('the subscription has ended');
        if (value.events.length > 0) return idsOf(value.events);
      }
    },
    async stop(): Promise<void> {
      stop.abort();
      await iterator.next();
    },
  };
}

describe('a subscription', () => {
  test('goes on after its connections are lost, and misses nothing of what came meanwhile', async () => {
    const subscription = following(log.store, await log.store.head());
    for (let n = 0; n < 5; n += 1) {
      const awaited = subscription.next();
      await endConnections('event store spec');
      const event = someEvent();
      await log.store.append(someStream(), [event], 'none');
      expect(await awaited).toEqual([event.id]);
    }
    await subscription.stop();
  });

  test('finds what was never notified, by looking for itself', async () => {
    const store = postgresEventStore(log.pool, { pollEvery: 20 });
    const subscription = following(store, await store.head());
    const awaited = subscription.next();
    const event = someEvent();
    await admin.query(
      `INSERT INTO event_store.events
       SELECT max(position) + 1, 'unnotified', 0, $1, 'Happened', '{}', '{}', now() FROM event_store.events`,
      [event.id],
    );
    expect(await awaited).toEqual([event.id]);
    await subscription.stop();
    await store.close();
  });

  test('keeps one connection for all of a store, for as long as there are any', async () => {
    const pool = createPool(log.url, { max: 2, applicationName: 'listeners' });
    const store = postgresEventStore(pool);
    const listeners = async (): Promise<number> => {
      const { rows } = await admin.query(
        `SELECT FROM pg_stat_activity WHERE application_name = 'listeners' AND query LIKE 'LISTEN%'`,
      );
      return rows.length;
    };
    const after = await store.head();
    const stop = new AbortController();
    const subscriptions = Array.from({ length: 5 }, () => collect(store.subscribe(after, stop.signal)));
    while ((await listeners()) === 0);
    expect(await listeners()).toBe(1);
    stop.abort();
    await Promise.all(subscriptions);
    while ((await listeners()) > 0);
    await store.close();
    await pool.end();
  });
});

describe('where nobody answers', () => {
  let pool: pg.Pool;
  let store: EventStore;
  beforeAll(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    pool = createPool(`postgresql://mindet@127.0.0.1:${port}/mindet`, { max: 2, applicationName: 'nobody' });
    store = postgresEventStore(pool, { retryFor: 50 });
  });
  afterAll(async () => {
    await store.close();
    await pool.end();
  });

  test('appends and reads fail after a time, and say why', async () => {
    const failure = await store.append('a', [someEvent()], 'any').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect((failure as StoreUnavailable).cause).toMatchObject({ code: 'ECONNREFUSED' });
    await expect(store.readStream('a', 0, 1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.readAll('0', 1)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('a subscription waits until it is aborted', async () => {
    const stop = new AbortController();
    const first = store.subscribe('0', stop.signal)[Symbol.asyncIterator]().next();
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    stop.abort();
    expect(await first).toMatchObject({ done: true });
  });
});

test('a subscription to a log that is not there fails, since no new attempt would mend that', async () => {
  const other = await freshLog();
  await other.pool.query('DROP TABLE event_store.events');
  const iterator = other.store.subscribe('0', new AbortController().signal)[Symbol.asyncIterator]();
  await expect(iterator.next()).rejects.toThrow('does not exist');
  await other.close();
});
