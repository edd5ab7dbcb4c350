import pg from 'pg';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { EventStore, ExpectedRevision, NewEvent } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { sampleEvent } from './sample-event.js';

export const name = 'append';

const MOST_CALLERS = 32;

/** The floor is one prepared INSERT per commit into a table of the same shape, each caller on a connection of its own. */
export async function run(): Promise<Measured[]> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 4, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    const inserters = await connectInserters(url, MOST_CALLERS);
    const callers = (count: number, atMost: number, appends: number, size = 1) =>
      compare({
        name: `append, ${count === 1 ? 'one caller' : `${count} callers`}${size > 1 ? `, ${size} events` : ''}`,
        unit: 'append',
        operations: count * appends,
        atMost,
        ours: () => inParallel(count, () => appendInTurn(store, appends, size)),
        floor: () => inParallel(count, (n) => inserters[n]!.insert(appends, size)),
      });
    const rows = [
      await callers(1, 1.3, 400),
      await callers(8, 1.0, 200),
      await callers(32, 0.6, 100),
      await callers(1, 1.4, 200, 10),
      await compare({
        name: 'append, 8 racers on one stream',
        unit: 'append',
        operations: 400,
        atMost: 1.3,
        ours: () => appendRacing(store, 8, 400),
        // A stream takes one append after another, so that is the least it can cost.
        floor: () => inserters[0]!.insert(400, 1),
      }),
    ];
    await Promise.all(inserters.map(({ end }) => end()));
    await store.close();
    await pool.end();
    return rows;
  });
}

export const inParallel = (count: number, work: (n: number) => Promise<void>): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

export const sampleEvents = (size: number): NewEvent[] => Array.from({ length: size }, sampleEvent);

export async function appendInTurn(store: EventStore, appends: number, size: number): Promise<void> {
  const stream = `bench-${randomId()}`;
  let expected: ExpectedRevision = 'none';
  for (let n = 0; n < appends; n += 1) {
    expected = (await store.append(stream, sampleEvents(size), expected)).revision;
  }
}

/** Every racer writes where it believes the end to be, and after a lost race where it then knows it to be. */
export async function appendRacing(store: EventStore, racers: number, appends: number): Promise<void> {
  const stream = `bench-${randomId()}`;
  let left = appends;
  await inParallel(racers, async () => {
    let expected: ExpectedRevision = 'none';
    for (let event = sampleEvent(); left > 0; ) {
      try {
        expected = (await store.append(stream, [event], expected)).revision;
        left -= 1;
        event = sampleEvent();
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        expected = error.actual;
      }
    }
  });
}

interface Inserter {
  insert(times: number, size: number): Promise<void>;
  end(): Promise<void>;
}

async function connectInserters(url: string, count: number): Promise<Inserter[]> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('CREATE TABLE bench_events (LIKE event_store.events INCLUDING ALL)');
  await admin.end();
  let position = 0;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return {
        async insert(times: number, size: number) {
          const stream = `bench-${randomId()}`;
          let revision = 0;
          for (let n = 0; n < times; n += 1) {
            await client.query({
              name: `insert_${size}`,
              text: insertStatement(size),
              values: sampleEvents(size).flatMap(({ id, type, data, metadata }) => {
                position += 1;
                return [position, stream, revision++, id, type, JSON.stringify(data), JSON.stringify(metadata)];
              }),
            });
          }
        },
        end: () => client.end(),
      };
    }),
  );
}

function insertStatement(size: number): string {
  const rows = Array.from({ length: size }, (_, row) => {
    const parameters = Array.from({ length: 7 }, (_, column) => `$${row * 7 + column + 1}`);
    return `(${parameters.join(', ')}, now())`;
  });
  return `INSERT INTO bench_events (position, stream, revision, id, type, data, metadata, recorded_at) VALUES ${rows.join(', ')}`;
}
