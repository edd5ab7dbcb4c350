import type { RecordedEvent } from '#event-store/event-store.js';
import type { TakingLog } from '#event-store/copy-log.js';
import { openKurrentDb } from '#event-store-kurrentdb/open.js';
import { takeEvents as takeIntoKurrentDb } from '#event-store-kurrentdb/take-events.js';
import { takeEvents as takeIntoPostgres } from '#event-store-postgres/import-log.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { databaseUnusable } from './database-unusable.js';

export type OpenLog = TakingLog & { close(): Promise<void> };

type Opening = {
  /** What the names of the log's streams begin with, on KurrentDB. */
  readonly prefix: string;
  readonly signal: AbortSignal;
};

/**
 * The log at an address, `postgres://…` or `kurrentdb://…`, by itself: apart from any read side.
 * @throws {DatabaseUnusable | KurrentDbUnusable}
 */
export async function openLog(address: string, { prefix, signal }: Opening): Promise<OpenLog> {
  if (!/^postgres(ql)?:/.test(address)) {
    const store = await openKurrentDb(address, { prefix, signal });
    return { store, take: (events) => takeIntoKurrentDb(store, events), close: () => store.close() };
  }
  await migrate(address, ['event-store']).catch((error: unknown) => {
    throw databaseUnusable(new URL(address).host, error);
  });
  const pool = createPool(address, { max: 4, applicationName: 'mindet copy-log' });
  const store = postgresEventStore(pool);
  return {
    store,
    take: (events: readonly RecordedEvent[]) => takeIntoPostgres(pool, events),
    async close() {
      await store.close();
      await pool.end();
    },
  };
}
