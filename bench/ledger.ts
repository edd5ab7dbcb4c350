import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { proveInclusion } from '#ledger/proofs.js';
import { makeCheckpoint } from '#ledger/checkpoints.js';
import { enrol } from '#ledger/keys.js';
import { privateKey } from '#ledger/signed-note.js';
import { extend, readTree } from '#ledger/tree-store.js';
import { systemClock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { registry } from '#projections/registry.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { emptyTables } from './projecting.js';
import { projectAll } from './projection.js';
import { writeLog } from './written-log.js';

export const name = 'ledger';

const EVENTS = 40_000;
const MANY_EVENTS = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
/** As many events as a live batch has at most. */
const PAGE = 1_000;
const PROOFS = 1_000;
const AT_MOST_MS = 20;

/**
 * The tree over a log from its first event on, beside all projections live over the same log, which it must keep up with; and
 * inclusion proofs of events here and there in a long log, beside what they may take.
 */
export async function run(): Promise<Measured[]> {
  const growth = await onLog(EVENTS, (pool, store) =>
    compare({
      name: 'the ledger follows the log, as the projections do',
      unit: 'event',
      operations: EVENTS,
      atMost: 1,
      repetitions: 5,
      prepare: () => emptyAll(pool),
      ours: () => growTree(pool, store),
      floor: () => projectAll(pool, store),
    }),
  );
  const proofs = await onLog(MANY_EVENTS, async (pool, store) => {
    await growTree(pool, store);
    await makeCheckpoint(pool, await enrol(pool, { current: privateKey(Buffer.alloc(32, 1)) }, systemClock), systemClock);
    return proofTimes(pool);
  });
  return [growth, ...proofs];
}

function onLog<T>(events: number, work: (pool: pg.Pool, store: EventStore) => Promise<T>): Promise<T> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 12, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    await writeLog(pool, events);
    const result = await work(pool, store);
    await store.close();
    await pool.end();
    return result;
  });
}

async function emptyAll(pool: pg.Pool): Promise<void> {
  await emptyTables(pool, registry);
  await pool.query('alter table ledger.leaf disable trigger all; truncate ledger.leaf, ledger.tile; update ledger.tree set size = 0, position = 0');
}

export async function growTree(pool: pg.Pool, store: EventStore): Promise<void> {
  let tree = await readTree(pool);
  for (;;) {
    const events = await store.readAll(tree.position, PAGE);
    if (events.length === 0) return;
    tree = await extend(pool, tree, events);
  }
}

async function proofTimes(pool: pg.Pool): Promise<Measured[]> {
  const times: number[] = [];
  for (let n = 0; n < PROOFS; n += 1) {
    const position = String(1 + ((n * 7_919_993) % MANY_EVENTS));
    const start = performance.now();
    if (!(await proveInclusion(pool, position))) throw new Error(`there is no proof for ${position}`);
    times.push(performance.now() - start);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const row = (what: string, share: number): Measured => {
    const ours = sorted[Math.floor(share * (PROOFS - 1))]!;
    return { name: `inclusion proof in ${MANY_EVENTS} events, ${what}`, unit: 'proof', ours, floor: AT_MOST_MS, ratio: ours / AT_MOST_MS, atMost: 1 };
  };
  return [row('median', 0.5), row('99 of 100', 0.99)];
}
