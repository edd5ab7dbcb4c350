import { jsonEvent, NO_STREAM, type AppendStreamState, type JSONEventType, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { EventStore } from '#event-store/event-store.js';
import { createClient } from '#event-store-kurrentdb/client.js';
import { kurrentdbEventStore } from '#event-store-kurrentdb/kurrentdb-event-store.js';
import { freshPrefix, kurrentServer } from '#event-store-kurrentdb/testing/fresh-log.js';
import { randomId } from '#platform/ids.js';
import { appendInTurn, appendRacing, inParallel, sampleEvents } from './append.js';
import { compare, type Measured } from './measure.js';

export const name = 'kurrentdb';

const READ = 100;

type AnyEvent = JSONEventType<string, Record<string, unknown>, Record<string, unknown>>;

/**
 * The adapter beside a bare loop of the official client that does the same, on the server that `KURRENTDB_TEST_URL` names, or on
 * that of the tests in this process: then the ratios are of clients alone.
 */
export async function run(): Promise<Measured[]> {
  const server = await kurrentServer();
  const store = kurrentdbEventStore(createClient(server.url), { prefix: freshPrefix() });
  // One call for each append, as the adapter makes them.
  const client = createClient(server.url);
  const prefix = freshPrefix();
  const callers = (count: number, atMost: number, appends: number, size = 1) =>
    compare({
      name: `KurrentDB, append, ${count === 1 ? 'one caller' : `${count} callers`}${size > 1 ? `, ${size} events` : ''}`,
      unit: 'append',
      operations: count * appends,
      atMost,
      ours: () => inParallel(count, () => appendInTurn(store, appends, size)),
      floor: () => inParallel(count, () => appendBare(client, prefix, appends, size)),
    });
  const rows = [
    await callers(1, 1.3, 200),
    await callers(8, 1.0, 50),
    await callers(32, 0.6, 20),
    await callers(1, 1.4, 100, 10),
    await compare({
      name: 'KurrentDB, append, 8 racers on one stream',
      unit: 'append',
      operations: 100,
      atMost: 1.3,
      ours: () => appendRacing(store, 8, 100),
      // A stream takes one append after another, so that is the least it can cost.
      floor: () => appendBare(client, prefix, 100, 1),
    }),
    await reading(store, client, prefix),
  ];
  await store.close();
  await client.dispose();
  await server.stop();
  return rows;
}

async function appendBare(client: KurrentDBClient, prefix: string, appends: number, size: number): Promise<void> {
  const stream = `${prefix}bench-${randomId()}`;
  let streamState: AppendStreamState = NO_STREAM;
  for (let n = 0; n < appends; n += 1) {
    const events = sampleEvents(size).map(({ id, type, data, metadata }) => jsonEvent<AnyEvent>({ id, type, data, metadata }));
    streamState = (await client.appendToStream(stream, events, { streamState })).nextExpectedRevision;
  }
}

async function reading(store: EventStore, client: KurrentDBClient, prefix: string): Promise<Measured> {
  const stream = `bench-${randomId()}`;
  await store.append(stream, sampleEvents(READ), 'none');
  const bare = `${prefix}${stream}`;
  await client.appendToStream(bare, sampleEvents(READ).map((event) => jsonEvent<AnyEvent>({ ...event })), { streamState: NO_STREAM });
  return compare({
    name: `KurrentDB, ${READ} events of a stream, one reader`,
    unit: 'read',
    operations: 50,
    atMost: 1.2,
    async ours() {
      for (let n = 0; n < 50; n += 1) await store.readStream(stream, 0, READ);
    },
    async floor() {
      for (let n = 0; n < 50; n += 1) for await (const _ of client.readStream<AnyEvent>(bare, { maxCount: READ }));
    },
  });
}
