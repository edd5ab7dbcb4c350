import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { wakeUps } from '#platform/wake-ups.js';
import { registry } from '#projections/registry.js';
import { runProjections } from '#projections/run.js';
import { PROJECTED_CHANNEL, type Statement } from '#projections/statements.js';
import { projectedPosition } from '#projections/status.js';
import { reached } from '#projections/waiting.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { emptyTables, pagesOf, writesOf } from './projecting.js';
import { writeLog } from './written-log.js';

export const name = 'projection';

const EVENTS = 40_000;
/** As many events as a live batch has at most. */
const PAGE = 1_000;

/**
 * Every projection of the service, from the first event until all are level with the log. The floor reads and parses the
 * log once and writes the very same rows with the same statements, one after another, with every value at hand.
 */
export async function run(): Promise<Measured[]> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 12, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    await writeLog(pool, EVENTS);
    await emptyTables(pool, registry);
    const writes = await writesOf(pool, store, registry, PAGE);
    const row = await compare({
      name: 'live projection of the registry',
      unit: 'event',
      operations: EVENTS,
      atMost: 1.5,
      prepare: () => emptyTables(pool, registry),
      ours: () => projectAll(pool, store),
      floor: () => readAndWrite(pool, store, writes),
    });
    await store.close();
    await pool.end();
    return [row];
  });
}

export async function projectAll(pool: pg.Pool, store: EventStore): Promise<void> {
  const ending = new AbortController();
  const news = wakeUps(pool.options, PROJECTED_CHANNEL, 100);
  const onTrouble = (_: string, error: unknown) => console.error(error);
  const running = runProjections({ db: pool, store, projections: registry, ending: ending.signal, onTrouble });
  await reached(await store.head(), () => projectedPosition(pool, registry), news, ending.signal);
  ending.abort();
  await Promise.all([running, news.close()]);
}

async function readAndWrite(pool: pg.Pool, store: EventStore, writes: readonly Statement[][]): Promise<void> {
  let page = 0;
  for await (const _ of pagesOf(store, PAGE)) {
    for (const statement of writes[page++]!) await pool.query(statement);
  }
}
