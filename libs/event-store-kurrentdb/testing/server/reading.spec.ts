import { status } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  BACKWARDS,
  END,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  KurrentDBClient,
  streamNameFilter,
  type Filter,
} from '@kurrent/kurrentdb-client';
import { once } from 'node:events';
import { collect } from './collect.js';
import { type KurrentTestServer, type KurrentTestServerOptions, startKurrentTestServer } from './kurrent-test-server.js';

const someEvents = (count: number, type = 'SomethingHappened') =>
  Array.from({ length: count }, () => jsonEvent({ type, data: {} }));

let server: KurrentTestServer;
let client: KurrentDBClient;
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

async function open(options?: KurrentTestServerOptions): Promise<void> {
  server = await startKurrentTestServer(options);
  client = KurrentDBClient.connectionString(server.url);
}

/** Several writes, between which the server writes its own events. */
async function write(count: number, stream = 'a', type?: string): Promise<void> {
  for (let n = 0; n < count; n += 1) await client.appendToStream(stream, someEvents(1, type));
}

const streamsOf = (read: readonly { event?: { streamId: string } }[]): Set<string> =>
  new Set(read.map(({ event }) => event?.streamId ?? ''));

test('the server writes events of its own between those of its clients', async () => {
  await open();
  await write(12);
  expect(streamsOf(await collect(client.readAll()))).toEqual(
    new Set(['$user-admin', 'a', '$stats-127.0.0.1:2113', '$et-SomethingHappened', '$$a']),
  );
});

test.each<[string, Filter, string[]]>([
  ['all but its own', excludeSystemEvents(), ['a', 'b']],
  ['a type by its prefix', eventTypeFilter({ prefixes: ['Other'] }), ['b']],
  ['streams by their prefixes', streamNameFilter({ prefixes: ['a', '$$'] }), ['a', '$$b', '$$a']],
  ['streams by a pattern that need not match the whole', streamNameFilter({ regex: '[ab]$' }), ['a', 'b', '$$b', '$$a']],
])('$all is read filtered: %s', async (_, filter, streams) => {
  await open();
  await write(6, 'a');
  await write(6, 'b', 'OtherThingHappened');
  const read = await collect(client.readAll({ filter }));
  expect(streamsOf(read)).toEqual(new Set(streams));
  const back = await collect(client.readAll({ filter, direction: BACKWARDS, fromPosition: END, maxCount: 4 }));
  expect(back.map(({ event }) => event?.id)).toEqual(read.slice(-4).toReversed().map(({ event }) => event?.id));
});

test('links are resolved where that is wanted', async () => {
  await open();
  await write(4);
  const [link] = await collect(client.readStream('$et-SomethingHappened', { resolveLinkTos: true }));
  expect(link).toMatchObject({ link: { type: '$>' }, event: { streamId: 'a', revision: 3n } });
});

test('no position but that of a record, or of the end, can be read from', async () => {
  await open();
  await write(2);
  const at = (position: bigint) => ({ fromPosition: { commit: position, prepare: position } });
  const { position } = server.log.stream('a')![0]!;
  // The server says UNKNOWN, which the client takes for a lost connection.
  await expect(collect(client.readAll(at(position + 1n)))).rejects.toMatchObject({ type: 'unavailable' });
  const [error] = (await once(client.subscribeToAll(at(position + 1n)), 'error')) as [unknown];
  expect(error).toMatchObject({ code: status.INVALID_ARGUMENT });
  expect(await collect(client.readAll(at(server.log.end)))).toEqual([]);
});

test('a reader of a stream is told positions since 22.6', async () => {
  await open({ version: '22.10.0' });
  await write(1);
  const [read] = await collect(client.readStream('a'));
  expect(read?.event?.position?.commit).toBe(server.log.stream('a')![0]!.position);
  await client.dispose();
  await server.stop();

  await open({ version: '21.10.0', log: server.log });
  const [before] = await collect(client.readStream('a'));
  expect(before?.event?.position?.commit).toBe(2n ** 64n - 1n);
});

test('before 21.10 the client is told of no BatchAppend, and appends without', async () => {
  await open({ version: '21.6.0' });
  server.faults.notReady();
  await expect(write(1)).rejects.toMatchObject({ type: 'unavailable' });
  await write(1);
  expect(server.log.stream('a')).toHaveLength(1);
});

test('a stream that was deleted for good cannot be read', async () => {
  await open();
  await write(1);
  server.log.tombstone('a');
  await expect(collect(client.readStream('a'))).rejects.toMatchObject({ type: 'stream-deleted' });
});

describe('a subscription', () => {
  test('brings what stands after a position', async () => {
    await open({ systemEvents: false, firstPosition: 2n ** 62n });
    await write(3);
    const { position } = server.log.stream('a')![0]!;
    server.faults.endSubscription(2, 'cleanly');
    const seen = await collect(client.subscribeToAll({ fromPosition: { commit: position, prepare: position } }));
    expect(seen.map(({ event }) => event?.revision)).toEqual([1n, 2n]);
    expect(seen.map(({ event }) => event?.created)).toEqual(server.log.stream('a')!.slice(1).map(({ created }) => created));
  });

  test('follows one stream after a revision, also one that is not there yet', async () => {
    await open();
    await write(2);
    server.faults.endSubscription(1, 'cleanly');
    const seen = await collect(client.subscribeToStream('a', { fromRevision: 0n }));
    expect(seen.map(({ event }) => event?.revision)).toEqual([1n]);
    const later = client.subscribeToStream('later');
    await once(later, 'confirmation');
    server.faults.endSubscription(1, 'cleanly');
    await write(1, 'later');
    expect(await collect(later)).toHaveLength(1);
  });

  test('tells how far it has come where all it sees is filtered out', async () => {
    await open({ systemEvents: false });
    await write(5);
    const reached: bigint[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const subscription = client.subscribeToAll({
      filter: eventTypeFilter({
        prefixes: ['Nothing'],
        maxSearchWindow: 4,
        checkpointInterval: 1,
        checkpointReached: async (_, { commit }) => {
          reached.push(commit);
          if (reached.length === 3) resolve();
        },
      }),
    });
    await once(subscription, 'caughtUp');
    await write(4);
    await promise;
    const at = (revision: number) => server.log.stream('a')![revision]!.position;
    expect(reached).toEqual([at(3), at(4), at(8)]);
    await subscription.unsubscribe();
  });

  test.each([
    ['22.10.0', undefined],
    ['23.10.0', {}],
    ['24.10.0', {}],
  ])('on %s, tells that it has caught up: %p', async (version, told) => {
    await open({ version, systemEvents: false });
    await write(1);
    server.faults.endSubscription(2, 'cleanly');
    const subscription = client.subscribeToAll();
    const caughtUp: unknown[] = [];
    subscription.on('caughtUp', (info) => caughtUp.push(info));
    const first = await new Promise((resolve) => subscription.once('data', resolve));
    expect(first).toBeDefined();
    await write(1);
    await once(subscription, 'end');
    expect(caughtUp).toEqual(told ? [told] : []);
  });

  test('since 25.0 tells where it has caught up', async () => {
    await open({ version: '25.1.0', systemEvents: false });
    await write(1);
    const { position } = server.log.stream('a')![0]!;
    const subscription = client.subscribeToAll().on('data', () => {});
    const [info] = (await once(subscription, 'caughtUp')) as [unknown];
    expect(info).toMatchObject({ date: expect.any(Date), position: { commit: position, prepare: position } });
    await subscription.unsubscribe();
  });
});
