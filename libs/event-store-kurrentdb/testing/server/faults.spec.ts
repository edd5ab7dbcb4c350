import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jsonEvent, KurrentDBClient, NO_STREAM, WrongExpectedVersionError } from '@kurrent/kurrentdb-client';
import { once } from 'node:events';
import { collect } from './collect.js';
import { type KurrentTestServer, startKurrentTestServer } from './kurrent-test-server.js';

const someEvents = (count: number) => Array.from({ length: count }, () => jsonEvent({ type: 'SomethingHappened', data: {} }));

let server: KurrentTestServer;
let client: KurrentDBClient;
beforeEach(async () => {
  server = await startKurrentTestServer({ systemEvents: false });
  client = KurrentDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

const append = (count = 1) => client.appendToStream('a', someEvents(count), { streamState: NO_STREAM });

/** Both kinds of append: the second is what the client does where it is given credentials for the call. */
describe.each([
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
])('to %s', (_, options) => {
  const appendOnce = () => client.appendToStream('a', someEvents(1), { streamState: NO_STREAM, ...options });

  test('the connection is lost before the write', async () => {
    const fault = server.faults.dropBeforeWrite();
    await expect(appendOnce()).rejects.toMatchObject({ type: 'unavailable' });
    await fault.happened;
    expect(server.log.stream('a')).toBeUndefined();
    await appendOnce();
  });

  test('the connection is lost after the write', async () => {
    const fault = server.faults.dropAfterWrite();
    await expect(appendOnce()).rejects.toMatchObject({ type: 'unavailable' });
    await fault.happened;
    expect(server.log.stream('a')).toHaveLength(1);
  });

  test('the answer is held until it is released', async () => {
    const fault = server.faults.holdAnswer();
    let answered = false;
    const appending = appendOnce().then(() => (answered = true));
    await fault.happened;
    expect(server.log.stream('a')).toHaveLength(1);
    await client.appendToStream('b', someEvents(1), options);
    expect(answered).toBe(false);
    fault.release();
    await appending;
  });

  test('another is named the leader', async () => {
    server.faults.notLeader({ address: '127.0.0.1', port: server.port });
    await expect(appendOnce()).rejects.toMatchObject({ type: 'not-leader', leader: { port: server.port } });
    await appendOnce();
  });

  test('the stream is said to be elsewhere', async () => {
    server.faults.wrongExpectedVersion(7);
    await expect(appendOnce()).rejects.toMatchObject({ actualState: 7n, expectedState: 'no_stream' });
    await expect(appendOnce()).resolves.toMatchObject({ success: true });
  });

  test('a fault that is taken back does not strike', async () => {
    server.faults.dropBeforeWrite().clear();
    await appendOnce();
  });
});

test('a server that is not ready says so in a way that the client does not know', async () => {
  server.faults.notReady();
  await expect(append()).rejects.toMatchObject({ type: 'unknown' });
  server.faults.notReady();
  await expect(
    client.appendToStream('a', someEvents(1), { credentials: { username: 'admin', password: 'changeit' } }),
  ).rejects.toMatchObject({ type: 'unavailable' });
});

test('a read loses its connection in its midst, and the next one does not', async () => {
  await append(200);
  const fault = server.faults.dropRead(100);
  await expect(collect(client.readStream('a'))).rejects.toMatchObject({ type: 'unavailable' });
  await fault.happened;
  expect(await collect(client.readStream('a'))).toHaveLength(200);
});

test('a read is held until it is released', async () => {
  await append(1);
  const fault = server.faults.holdRead();
  const reading = collect(client.readStream('a'));
  await fault.happened;
  await client.appendToStream('a', someEvents(1));
  fault.release();
  expect(await reading).toHaveLength(2);
});

describe('a subscription', () => {
  test.each(['unavailable', 'connection lost'] as const)('ends: %s', async (how) => {
    await append(3);
    const fault = server.faults.endSubscription(2, how);
    const seen: unknown[] = [];
    const subscription = client.subscribeToAll();
    subscription.on('data', (event) => seen.push(event));
    const [error] = (await once(subscription, 'error')) as [unknown];
    await fault.happened;
    expect(error).toMatchObject({ type: 'unavailable' });
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  test('ends as if there were nothing more', async () => {
    await append(3);
    server.faults.endSubscription(2, 'cleanly');
    expect(await collect(client.subscribeToAll())).toHaveLength(2);
  });

  test('ends while it waits', async () => {
    const subscription = client.subscribeToAll();
    await once(subscription, 'caughtUp');
    server.faults.endSubscription(0, 'cleanly');
    expect(await collect(subscription)).toEqual([]);
  });

  test('falls behind and catches up again', async () => {
    const subscription = client.subscribeToAll();
    await once(subscription, 'caughtUp');
    const again = once(subscription, 'caughtUp');
    server.faults.fallBehind();
    await again;
    await subscription.unsubscribe();
  });
});

test('a server goes down and comes back on its port with its log', async () => {
  await append(2);
  expect(await collect(client.readStream('a'))).toHaveLength(2);
  const subscription = client.subscribeToAll();
  await once(subscription, 'caughtUp');
  const ended = once(subscription, 'error');
  await server.stop();
  await ended;
  expect(server.connections).toBe(0);
  // The client asks for the features of the server first, and lets this error pass as gRPC has it.
  await expect(append()).rejects.toMatchObject({ code: status.UNAVAILABLE });
  await server.start();
  await expect(append()).rejects.toBeInstanceOf(WrongExpectedVersionError);
  expect(await collect(client.readStream('a'))).toHaveLength(2);
});

/** Its native half gives up when it cannot connect at first (`connection_state_machine`): another client is needed. */
test('a client whose first read finds no server does not read again, also when there is one', async () => {
  await append(1);
  await server.stop();
  const reading = () => collect(client.readStream('a'));
  await expect(reading()).rejects.toMatchObject({ type: 'unavailable' });
  await server.start();
  await expect(reading()).rejects.toMatchObject({ type: 'unavailable' });
  expect(server.connections).toBe(0);
  const other = KurrentDBClient.connectionString(server.url);
  expect(await collect(other.readStream('a'))).toHaveLength(1);
  await other.dispose();
});

test('a client that has read before reads again', async () => {
  await append(1);
  const reading = () => collect(client.readStream('a'));
  await reading();
  await server.stop();
  await expect(reading()).rejects.toMatchObject({ type: 'unavailable' });
  await server.start();
  expect(await reading()).toHaveLength(1);
});
