import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { registry } from '#projections/registry.js';
import { verify } from '#verification/verify.js';
import { onDurableDatabase } from './durable-database.js';
import { growTree } from './ledger.js';
import { compare, type Measured } from './measure.js';
import { emptyTables } from './projecting.js';
import { rebuild } from './rebuild.js';
import { writeLog } from './written-log.js';

export const name = 'verify';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 100_000);

/** Everything that a verification does, on a log whose events are all in the tables and in the ledger, beside rebuilding every projection. */
export async function run(): Promise<Measured[]> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 4, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    await writeLog(pool, EVENTS);
    await emptyTables(pool, registry);
    await rebuildAll(pool, store);
    await growTree(pool, store);
    const measured = await compare({
      name: `verification of ${EVENTS} events, beside the rebuild of the registry`,
      unit: 'event',
      operations: EVENTS,
      atMost: 2,
      repetitions: 3,
      ours: () => verifyAll(pool, store),
      floor: () => rebuildAll(pool, store),
    });
    await store.close();
    await pool.end();
    return [measured];
  });
}

async function rebuildAll(pool: pg.Pool, store: EventStore): Promise<void> {
  for (const one of registry) await rebuild(pool, store, one);
}

async function verifyAll(db: pg.Pool, store: EventStore): Promise<void> {
  const { differences, lookedAt } = await verify({ db, store, projections: registry, position: await store.head(), signal: new AbortController().signal });
  if (differences.length > 0 || lookedAt.leaves !== EVENTS) throw new Error(`${differences.length} differences: ${JSON.stringify(differences.slice(0, 3))}`);
}
