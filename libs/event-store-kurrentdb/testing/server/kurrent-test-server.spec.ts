import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  BACKWARDS,
  END,
  KurrentDBClient,
  NO_STREAM,
  STREAM_EXISTS,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@kurrent/kurrentdb-client';
import { collect } from './collect.js';
import { startKurrentTestServer, type KurrentTestServer } from './kurrent-test-server.js';

const someEvent = (type = 'SomethingHappened') => jsonEvent({ type, data: { text: 'Шанхай 🏔️' }, metadata: { actor: 'a tester' } });
const someEvents = (count: number) => Array.from({ length: count }, () => someEvent());

let server: KurrentTestServer;
let client: KurrentDBClient;
beforeEach(async () => {
  server = await startKurrentTestServer({ firstPosition: 2n ** 60n });
  client = KurrentDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

test('events are appended and read in both directions', async () => {
  const events = someEvents(5);
  const answer = await client.appendToStream('some-stream', events, { streamState: NO_STREAM });
  expect(answer).toMatchObject({ success: true, nextExpectedRevision: 4n, position: { commit: server.log.stream('some-stream')!.at(-1)!.position } });
  const read = await collect(client.readStream('some-stream'));
  expect(read.map(({ event }) => event?.id)).toEqual(events.map(({ id }) => id));
  expect(read[0]?.event).toMatchObject({ data: { text: 'Шанхай 🏔️' }, metadata: { actor: 'a tester' }, revision: 0n, isJson: true });
  const { created } = server.log.stream('some-stream')![0]!;
  expect(read[0]?.event?.created.getTime()).toBe(created.setMilliseconds(0));
  expect(read.at(-1)?.event?.position).toEqual(answer.position);
  const back = await collect(client.readStream('some-stream', { direction: BACKWARDS, fromRevision: END, maxCount: 2 }));
  expect(back.map(({ event }) => event?.revision)).toEqual([4n, 3n]);
  await expect(collect(client.readStream('no-such-stream'))).rejects.toBeInstanceOf(StreamNotFoundError);
  await expect(client.appendToStream('some-stream', someEvent(), { streamState: NO_STREAM })).rejects.toBeInstanceOf(WrongExpectedVersionError);
  await expect(client.appendToStream('other-stream', someEvent(), { streamState: STREAM_EXISTS })).rejects.toBeInstanceOf(WrongExpectedVersionError);
});

test('$all is read from a position beyond what a double can hold', async () => {
  await client.appendToStream('a', someEvents(3), { streamState: NO_STREAM });
  const all = await collect(client.readAll());
  expect(all.map(({ event }) => event?.position?.commit)).toEqual(server.log.all.map(({ position }) => position));
  const { position } = server.log.stream('a')![1]!;
  const from = { commit: position, prepare: position };
  expect((await collect(client.readAll({ fromPosition: from }))).map(({ event }) => event?.revision)).toEqual([1n, 2n]);
  expect((await collect(client.readAll({ fromPosition: from, direction: BACKWARDS, maxCount: 1 }))).map(({ event }) => event?.revision)).toEqual([0n]);
});

describe('a subscription', () => {
  test('brings what is there, tells that it has caught up and brings what comes', async () => {
    await client.appendToStream('a', someEvents(2), { streamState: NO_STREAM });
    const subscription = client.subscribeToAll();
    const caughtUp = new Promise((resolve) => subscription.on('caughtUp', resolve));
    const seen: string[] = [];
    const enough = new Promise<void>((resolve) =>
      subscription.on('data', ({ event }) => {
        if (event?.streamId === 'a') seen.push(event.id);
        if (seen.length === 4) resolve();
      }),
    );
    await caughtUp;
    expect(seen).toHaveLength(2);
    await client.appendToStream('a', someEvents(2));
    await enough;
    await subscription.unsubscribe();
  });
});
