import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import { postgresEventStore, type PostgresEventStoreOptions } from '../postgres-event-store.js';

export interface FreshLog {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly store: EventStore;
  /** Another store on the same log. */
  reopen(): EventStore;
  close(): Promise<void>;
}

/** So seldom that no test passes because of it. */
const POLL_EVERY = 600_000;

/** An empty log in a database of its own. */
export async function freshLog(options: PostgresEventStoreOptions = {}): Promise<FreshLog> {
  const database = await freshDatabase();
  await migrate(database.url, ['event-store']);
  const pool = createPool(database.url, { max: 8, applicationName: 'event store spec' });
  const reopen = (): EventStore => postgresEventStore(pool, { pollEvery: POLL_EVERY, ...options });
  const store = reopen();
  return {
    url: database.url,
    pool,
    store,
    reopen,
    async close() {
      await store.close();
      await pool.end();
      await database.drop();
    },
  };
}
