import { eventStoreContract } from '#event-store/testing/contract.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import { postgresEventStore } from './postgres-event-store.js';

/** So seldom that no test passes because of it. */
const POLL_EVERY = 600_000;

eventStoreContract('the event store in PostgreSQL', async (options) => {
  const database = await freshDatabase();
  await migrate(database.url, ['event-store']);
  const pool = createPool(database.url, { max: 8, applicationName: 'contract' });
  const open = () => postgresEventStore(pool, { ...options, pollEvery: POLL_EVERY });
  const store = open();
  return {
    store,
    reopen: open,
    async close() {
      await store.close();
      await pool.end();
      await database.drop();
    },
  };
});
