import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ANY,
  jsonEvent,
  KurrentDBClient,
  NO_STREAM,
  STREAM_EXISTS,
  type AppendToStreamOptions,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { type KurrentTestServer, startKurrentTestServer } from './kurrent-test-server.js';

type Expected = NonNullable<AppendToStreamOptions['streamState']>;

const someEvent = (text = '') => jsonEvent({ type: 'SomethingHappened', data: { text } });
const someEvents = (count: number) => Array.from({ length: count }, () => someEvent());

let server: KurrentTestServer;
let client: KurrentDBClient;
beforeEach(async () => {
  server = await startKurrentTestServer({ maxAppendSize: 10_000 });
  client = KurrentDBClient.connectionString(server.url);
});
afterEach(async () => {
  await client.dispose();
  await server.stop();
});

/** Both kinds of append: the second is what the client does where it is given credentials for the call. */
describe.each([
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
])('%s', (_, options) => {
  const append = (events: ReturnType<typeof someEvents>, streamState: Expected, stream = 'a') =>
    client.appendToStream(stream, events, { streamState, ...options });

  test.each<[Expected, number]>([
    [NO_STREAM, 0],
    [ANY, 0],
    [ANY, 2],
    [STREAM_EXISTS, 2],
    [1n, 2],
  ])('at %p takes more to a stream of %i events', async (expected, count) => {
    if (count > 0) await append(someEvents(count), ANY);
    const answer = await append(someEvents(2), expected);
    const last = server.log.stream('a')!.at(-1)!;
    expect(answer).toEqual({
      success: true,
      nextExpectedRevision: BigInt(count + 1),
      position: { commit: last.position, prepare: last.position },
    });
  });

  test.each<[Expected, number]>([
    [NO_STREAM, 2],
    [STREAM_EXISTS, 0],
    [0n, 0],
    [0n, 2],
    [2n, 2],
    [2n ** 40n, 2],
  ])('at %p refuses more to a stream of %i events, and says where it is', async (expected, count) => {
    if (count > 0) await append(someEvents(count), ANY);
    const refusal = await append(someEvents(2), expected).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(WrongExpectedVersionError);
    expect(refusal).toMatchObject({
      streamName: 'a',
      expectedState: expected,
      actualState: count === 0 ? 'no_stream' : BigInt(count - 1),
    });
    expect(server.log.stream('a') ?? []).toHaveLength(count);
  });

  test.each<Expected>([NO_STREAM, ANY, STREAM_EXISTS, 0n])('answers a repetition at %p as the first time', async (expected) => {
    if (expected !== NO_STREAM) await append(someEvents(1), NO_STREAM);
    const events = someEvents(2);
    const first = await append(events, expected);
    await append(someEvents(2), ANY);
    expect(await append(events, expected)).toEqual(first);
    expect(server.log.stream('a')!.filter(({ id }) => id === events[0]!.id)).toHaveLength(1);
  });

  test('knows a repetition at a revision also when it has started anew, and at any no longer', async () => {
    const [first, second] = [someEvents(1), someEvents(1)];
    await append(first, NO_STREAM);
    await append(second, ANY);
    await server.restart();
    // The first call of the client after it lost its connection may fail: it finds out by it.
    await append(first, NO_STREAM).catch(() => {});
    expect(await append(first, NO_STREAM)).toMatchObject({ nextExpectedRevision: 0n });
    await append(second, ANY);
    expect(server.log.stream('a')!.map(({ id }) => id)).toEqual([first, second, second].map(([event]) => event!.id));
  });

  test.each<Expected>([NO_STREAM, ANY])('refuses at %p what stands there in part', async (expected) => {
    const [a, b] = [someEvent(), someEvent()];
    await append([a], NO_STREAM);
    await expect(append([a, b], expected)).rejects.toBeInstanceOf(WrongExpectedVersionError);
    expect(server.log.stream('a')).toHaveLength(1);
  });

  test('takes at any what stands there in part, if the new comes first', async () => {
    const [a, b] = [someEvent(), someEvent()];
    await append([a], NO_STREAM);
    await append([b, a], ANY);
    expect(server.log.stream('a')!.map(({ id }) => id)).toEqual([a.id, b.id, a.id]);
  });

  test.each<Expected>([NO_STREAM, ANY])('takes at %p an id that stands in another stream', async (expected) => {
    const events = someEvents(1);
    await append(events, NO_STREAM, 'a');
    await append(events, expected, 'b');
    expect(server.log.stream('b')).toHaveLength(1);
  });

  test('refuses what is larger than its limit', async () => {
    await expect(append([someEvent('x'.repeat(10_000))], ANY)).rejects.toMatchObject({
      type: 'maximum-append-size-exceeded',
      maxAppendSize: 10_000,
    });
    expect(server.log.stream('a')).toBeUndefined();
  });

  test('refuses a stream that was deleted for good', async () => {
    await append(someEvents(1), ANY);
    server.log.tombstone('a');
    await expect(append(someEvents(1), ANY)).rejects.toMatchObject({ type: 'stream-deleted', streamName: 'a' });
  });
});
