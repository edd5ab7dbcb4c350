import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable, WrongExpectedRevision } from '#event-store/errors.js';
import { BEGINNING, type EventStore, type ExpectedRevision, type RecordedEvent } from '#event-store/event-store.js';
import { idsOf, readRest, someEvents, someStream, streamOf } from '#event-store/testing/some-events.js';
import { createClient } from './client.js';
import { kurrentdbEventStore } from './kurrentdb-event-store.js';
import type { SubscriptionEnd } from './testing/server/faults.js';
import { startKurrentTestCluster, startKurrentTestServer, type KurrentTestServer } from './testing/server/kurrent-test-server.js';

const prefix = 'mindet.';
const open = (url: string, retryFor = 5_000): EventStore => kurrentdbEventStore(createClient(url), { prefix, retryFor });

let server: KurrentTestServer;
let store: EventStore;
beforeEach(async () => {
  server = await startKurrentTestServer({ firstPosition: 2n ** 60n + 1n });
  store = open(server.url);
});
afterEach(async () => {
  await store.close();
  await server.stop();
});

/** The ids of everything after the beginning, brought by a subscription until there are so many. */
async function follow(count: number, taken: (so: readonly RecordedEvent[]) => Promise<void> = async () => {}): Promise<string[]> {
  const stop = new AbortController();
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(BEGINNING, stop.signal)) {
    events.push(...batch.events);
    await taken(events);
    if (events.length >= count) stop.abort();
  }
  return idsOf(events);
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

describe.each<ExpectedRevision>(['none', 2, 'exists', 'any'])('an append at %p is made once and answered with its place', (expected) => {
  const made = async (stream: string, during: Promise<unknown>, events = someEvents(3)) => {
    const before = await store.readStream(stream, 0, 10);
    const answer = await store.append(stream, events, expected);
    await during;
    const recorded = await store.readStream(stream, 0, 100);
    expect(idsOf(recorded)).toEqual([...idsOf(before), ...idsOf(events)]);
    expect(answer).toEqual({ revision: recorded.at(-1)!.revision, position: recorded.at(-1)!.position });
  };
  const stream = () => streamOf(store, expected === 'none' ? 0 : 3);

  test('though the connection is lost before it is written', async () => {
    await made(await stream(), server.faults.dropBeforeWrite().happened);
  });

  test('though the connection is lost before it is answered', async () => {
    await made(await stream(), server.faults.dropAfterWrite().happened);
  });

  test('though both happen, one after the other', async () => {
    const name = await stream();
    const lost = [server.faults.dropBeforeWrite(), server.faults.dropAfterWrite(), server.faults.dropAfterWrite()];
    await made(name, Promise.all(lost.slice(0, 2).map(({ happened }) => happened)));
    for (const fault of lost) fault.clear();
  });

  test('though the server has only begun to start', async () => {
    await made(await stream(), server.faults.notReady().happened);
  });

  test('though the server is started anew before it answers, and has forgotten the ids', async () => {
    const name = await stream();
    const held = server.faults.holdAnswer();
    await made(name, held.happened.then(() => server.restart()).then(() => held.release()));
  });

  test('also when it is sent again after the server has forgotten the ids', async () => {
    const name = await stream();
    const events = someEvents(2);
    const first = await store.append(name, events, expected);
    await store.append(name, someEvents(1), 'any');
    await server.restart();
    expect(await store.append(name, events, expected)).toEqual(first);
  });
});

test('a refusal that the server gives says where the stream is', async () => {
  server.faults.wrongExpectedVersion(41);
  const stream = someStream();
  const refusal = await store.append(stream, someEvents(1), 'none').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(WrongExpectedRevision);
  expect(refusal).toMatchObject({ stream, expected: 'none', actual: 41 });
});

test('what is too long for the server is refused in words', async () => {
  await expect(store.append(someStream(), someEvents(1).map((event) => ({ ...event, data: { text: 'x'.repeat(1_100_000) } })), 'none')).rejects.toThrow(
    'an append is at most 1048576 bytes on this server',
  );
});

test('a server that stays away is given up after the patience that was asked for', async () => {
  await server.stop();
  const impatient = open(server.url, 200);
  await expect(impatient.append(someStream(), someEvents(1), 'none')).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(impatient.append(someStream(), someEvents(1), 'any')).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(impatient.head()).rejects.toBeInstanceOf(StoreUnavailable);
  await expect(impatient.readAll(BEGINNING, 1)).rejects.toBeInstanceOf(StoreUnavailable);
  await impatient.close();
});

test('a read whose connection is lost on the way is made again, whole', async () => {
  const stream = await streamOf(store, 200);
  for (const after of [0, 1, 150]) {
    const lost = server.faults.dropRead(after);
    expect(await store.readStream(stream, 0, 500)).toHaveLength(200);
    await lost.happened;
  }
});

describe('a subscription', () => {
  test.each<SubscriptionEnd>(['unavailable', 'connection lost', 'cleanly'])('that ends (%s) anywhere goes on where it was', async (how) => {
    await streamOf(store, 40);
    const all = idsOf(await readRest(store, BEGINNING));
    for (const after of [0, 1, 17, 40]) {
      const ended = server.faults.endSubscription(after, how);
      const [, brought] = await Promise.all([
        ended.happened.then(() => streamOf(store, 1)).then(async (stream) => all.push(...idsOf(await store.readStream(stream, 0, 1)))),
        follow(all.length + 1),
      ]);
      expect(brought).toEqual(all);
    }
  });

  test('outlives a server that is away for a while, and brings what was written meanwhile', async () => {
    await streamOf(store, 5);
    let written = 5;
    const brought = await follow(10, async () => {
      if (written === 10) return;
      written = 10;
      await server.restart();
      await streamOf(store, 5);
    });
    expect(brought).toEqual(idsOf(await readRest(store, BEGINNING)));
  });

  test('goes on from behind what is not of its log', async () => {
    const others = kurrentdbEventStore(createClient(server.url), { prefix: 'other.' });
    const client = createClient(server.url);
    const begun: unknown[] = [];
    const subscribeToAll = client.subscribeToAll.bind(client);
    client.subscribeToAll = (options, more) => {
      begun.push(options?.fromPosition);
      return subscribeToAll(options, more);
    };
    const watched = kurrentdbEventStore(client, { prefix });
    const stream = await streamOf(store, 1);
    const stop = new AbortController();
    const batches = watched.subscribe(BEGINNING, stop.signal)[Symbol.asyncIterator]();
    expect((await batches.next()).value!.events).toHaveLength(1);
    let next = batches.next();
    for (let n = 0; n < 5; n += 1) await streamOf(others, 500);
    await server.faults.endSubscription(1, 'unavailable').happened;
    const later = await store.append(stream, someEvents(1), 0);
    for (; (await next).value?.events.at(-1)?.position !== later.position; next = batches.next());
    expect(begun).toHaveLength(2);
    const [mine] = await store.readStream(stream, 0, 1);
    const from = begun[1] as { commit: bigint };
    const skipped = server.log.all.filter(({ position }) => position > BigInt(mine!.position) && position <= from.commit);
    expect(skipped.length).toBeGreaterThan(1_500);
    stop.abort();
    await Promise.all([watched.close(), others.close()]);
  });

  test('and a read begin also behind a position at which nothing stands', async () => {
    const stream = await streamOf(store, 5);
    const [, second, third] = await store.readStream(stream, 0, 5);
    const between = String(BigInt(second!.position) + 1n);
    expect((await store.readAll(between, 2)).map(({ revision }) => revision)).toEqual([2, 3]);
    const stop = new AbortController();
    for await (const { events } of store.subscribe(between, stop.signal)) {
      expect(events[0]).toEqual(third);
      stop.abort();
    }
  });
});

describe('a log that shares its server', () => {
  test('sees nothing of system streams, nor of others', async () => {
    const others = kurrentdbEventStore(createClient(server.url), { prefix: 'mindet' });
    expect(await store.head()).toBe(BEGINNING);
    const first = await streamOf(store, 3);
    await others.append('-another', someEvents(3), 'none');
    const second = await streamOf(store, 3);
    expect(new Set((await readRest(store, BEGINNING)).map(({ stream }) => stream))).toEqual(new Set([first, second]));
    expect(await follow(6)).toHaveLength(6);
    expect(await store.head()).toBe((await store.readStream(second, 2, 1))[0]!.position);
    expect(server.log.all.length).toBeGreaterThan(9);
    await others.close();
  });

  test('has a name that is its own, and that no other process and no event changes', async () => {
    const again = open(server.url);
    const [one, other] = await Promise.all([store.logId(), again.logId()]);
    expect([one, await store.logId()]).toEqual([other, one]);
    const elsewhere = kurrentdbEventStore(createClient(server.url), { prefix: 'other.' });
    expect(await elsewhere.logId()).not.toBe(one);
    expect(await store.head()).toBe(BEGINNING);
    await Promise.all([again.close(), elsewhere.close()]);
  });
});

test('a store that is closed lets go of its connection', async () => {
  const stop = new AbortController();
  const batches = store.subscribe(BEGINNING, stop.signal)[Symbol.asyncIterator]();
  await batches.next();
  expect(server.connections).toBe(1);
  const waiting = batches.next();
  await store.close();
  expect(await waiting).toMatchObject({ done: true });
  await until(() => server.connections === 0);
});

describe('in a cluster', () => {
  test('writes and reads follow the leader, and a subscription goes on', async () => {
    const cluster = await startKurrentTestCluster(3, { firstPosition: 2n ** 60n + 1n });
    const clustered = open(cluster.url);
    const ids: string[] = [];
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const { events } of clustered.subscribe(BEGINNING, stop.signal)) {
        seen.push(...idsOf(events));
        if (seen.length === 30) stop.abort();
      }
    })();
    for (let n = 0; n < 10; n += 1) {
      if (n === 2) cluster.elect(cluster.nodes[2]!);
      if (n === 5) await cluster.leader!.stop().then(() => cluster.elect(cluster.nodes[0]!));
      if (n === 8) cluster.elect(cluster.nodes[1]!);
      const events = someEvents(3);
      await clustered.append(someStream(), events, 'none');
      ids.push(...idsOf(events));
      expect(idsOf(await readRest(clustered, BEGINNING))).toEqual(ids);
    }
    await following;
    expect(seen).toEqual(ids);
    await clustered.close();
    await cluster.stop();
  });
});
