import pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { sampleEvent } from './sample-event.js';

export const name = 'stream-read';

const STREAMS = 200;
const READERS = 32;
const AT_MOST = 1.2;

/** The floor is one prepared SELECT of the same rows and columns, each reader on a connection of its own; pg parses the JSON. */
export async function run(): Promise<Measured[]> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 4, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    const clients = await Promise.all(Array.from({ length: READERS }, () => connect(url)));
    const rows: Measured[] = [];
    for (const [size, reads] of [[10, 1_600], [100, 640]] as const) {
      const streams = await writeStreams(store, size);
      for (const readers of [1, READERS]) {
        const inTurn = (read: (reader: number, stream: string) => Promise<number>) =>
          Promise.all(
            Array.from({ length: readers }, async (_, reader) => {
              for (let n = 0; n < reads / readers; n += 1) {
                const found = await read(reader, streams[(n * READERS + reader) % STREAMS]!);
                if (found !== size) throw new Error(`${found} events were read of ${size}`);
              }
            }),
          );
        rows.push(
          await compare({
            name: `${size} events of a stream, ${readers === 1 ? 'one reader' : `${readers} readers`}`,
            unit: 'read',
            operations: reads,
            atMost: AT_MOST,
            ours: () => inTurn(async (_, stream) => (await store.readStream(stream, 0, size)).length),
            floor: () => inTurn(async (reader, stream) => (await selectRows(clients[reader]!, stream, size)).length),
          }),
        );
      }
    }
    await Promise.all(clients.map((client) => client.end()));
    await store.close();
    await pool.end();
    return rows;
  });
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function writeStreams(store: EventStore, size: number): Promise<string[]> {
  const streams = Array.from({ length: STREAMS }, () => `bench-${randomId()}`);
  await Promise.all(streams.map((stream) => store.append(stream, Array.from({ length: size }, sampleEvent), 'none')));
  return streams;
}

async function selectRows(client: pg.Client, stream: string, limit: number): Promise<unknown[]> {
  const { rows } = await client.query({
    name: 'floor',
    text: `SELECT position, stream, revision, id, type, data, metadata, recorded_at
             FROM event_store.events WHERE stream = $1 ORDER BY revision LIMIT $2`,
    values: [stream, limit],
  });
  return rows;
}
