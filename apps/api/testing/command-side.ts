import type { Pool } from 'pg';
import { postgresIdempotencyKeys } from '#commands/idempotency-keys.js';
import { CommandsModule } from '#commands/commands.module.js';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import type { Clock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase } from '#platform/testing/postgres.js';

/** The whole command side on a database of its own. */
export async function commandSide(clock: Clock) {
  const database = await freshDatabase();
  await migrate(database.url, ['event-store', 'commands']);
  const pool: Pool = createPool(database.url, { max: 5, applicationName: 'api.spec' });
  const store: EventStore = postgresEventStore(pool, { clock });
  return {
    store,
    module: CommandsModule.on({ store, clock, keys: postgresIdempotencyKeys(pool) }),
    async close(): Promise<void> {
      await store.close();
      await pool.end();
      await database.drop();
    },
  };
}
