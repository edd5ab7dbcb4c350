import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import type { Projection } from '#projections/projection.js';
import { fillAside, takePlace } from '#projections/rebuild.js';
import { registry } from '#projections/registry.js';
import { reports } from '#projections/reports.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { emptyTables, pagesOf } from './projecting.js';
import { writeLog } from './written-log.js';

export const name = 'rebuild';

const EVENTS = 100_000;
const MANY_EVENTS = 1_000_000;
/** As many events as a rebuild reads at once. */
const PAGE = 5_000;

/** From the first event until the new tables are in place, indexes and all. The floor reads and parses the log as often. */
export async function run(): Promise<Measured[]> {
  const { rows, peak } = await onLog(EVENTS, async (pool, store) => ({
    rows: [
      await compare({
        name: 'rebuild of the registry, one projection after another',
        unit: 'event',
        operations: EVENTS * registry.length,
        atMost: 1.8,
        repetitions: 5,
        ours: async () => {
          for (const one of registry) await rebuild(pool, store, one);
        },
        floor: async () => {
          for (const _ of registry) await readAndParse(store);
        },
      }),
    ],
    peak: await peakMemory(pool, store, reports),
  }));
  const peakOfMany = await onLog(MANY_EVENTS, (pool, store) => peakMemory(pool, store, reports));
  const memory = { name: 'memory of a rebuild in MB, 10⁶ events beside 10⁵', unit: 'rebuild', ours: peakOfMany, floor: peak, atMost: 1.2 };
  return [...rows, { ...memory, ratio: peakOfMany / peak }];
}

function onLog<T>(events: number, work: (pool: pg.Pool, store: EventStore) => Promise<T>): Promise<T> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 4, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    await writeLog(pool, events);
    await emptyTables(pool, registry);
    const result = await work(pool, store);
    await store.close();
    await pool.end();
    return result;
  });
}

export async function rebuild(pool: pg.Pool, store: EventStore, projection: Projection): Promise<void> {
  const filling = { patience: { first: 100, longest: 1_000 }, signal: new AbortController().signal };
  await takePlace(await fillAside(pool, store, projection, filling), pool, store, filling);
}

async function readAndParse(store: EventStore): Promise<void> {
  for await (const _ of pagesOf(store, PAGE));
}

/** The most that is still in use when a page is asked for, in MB. */
async function peakMemory(pool: pg.Pool, store: EventStore, projection: Projection): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  let most = 0;
  const watched: EventStore = {
    ...store,
    readAll(after, limit) {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, (heapUsed + external) / 1e6);
      return store.readAll(after, limit);
    },
  };
  await rebuild(pool, watched, projection);
  return most;
}
