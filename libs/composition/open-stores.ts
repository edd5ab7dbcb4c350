import type { Pool } from 'pg';
import { postgresIdempotencyKeys, type IdempotencyKeys } from '#commands/idempotency-keys.js';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { systemClock, type Clock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { connectOrStartEmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.js';
import type { Environment } from '#platform/environment.js';
import { migrate } from '#platform/migrate.js';
import { unlessAborted } from '#platform/unless-aborted.js';

/** What every process of Mindet stands on. */
export type Stores = {
  readonly url: string;
  readonly db: Pool;
  readonly store: EventStore;
  readonly keys: IdempotencyKeys;
  readonly clock: Clock;
  /** Answers what is in flight, then lets go of everything, in the order in which one thing stands on another. */
  close(): Promise<void>;
};

type Opening = {
  /** The service owns the embedded server; a guest shares the one that runs, or starts it for itself. */
  readonly as: 'service' | 'guest';
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Told in a line of what happens to databases afterwards. */
  readonly note: (line: string) => void;
  /** Gives the opening up, and leaves nothing running. */
  readonly signal?: AbortSignal;
};

/** The server that `DATABASE_URL` names gave no usable answer. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/**
 * Opens the database that the environment names, or the embedded one, and brings its schemas up to date.
 * @throws {DatabaseUnusable | DataFolderInUse | DataFolderUnusable} or the signal's reason
 */
export async function openStores(environment: Environment, opening: Opening): Promise<Stores> {
  const { applicationName, note, signal = new AbortController().signal } = opening;
  const database = await openDatabase(environment, opening);
  try {
    await unlessAborted(signal, () => migrate(database.url, ['event-store', 'commands', 'read']));
  } catch (error) {
    await database.close();
    signal.throwIfAborted();
    if (!environment.DATABASE_URL) throw error;
    throw new DatabaseUnusable(`DATABASE_URL: the database cannot be used: ${reasonOf(error)}`, { cause: error });
  }
  const db = createPool(database.url, {
    max: environment.DATABASE_POOL_MAX,
    applicationName,
    onIdleError: (error) => note(`a connection to the database was lost: ${error.message}`),
  });
  const store = postgresEventStore(db);
  return {
    url: database.url,
    db,
    store,
    keys: postgresIdempotencyKeys(db),
    clock: systemClock,
    async close() {
      await store.close();
      await db.end();
      await database.close();
    },
  };
}

async function openDatabase(environment: Environment, { as, note, signal }: Opening) {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, close: () => Promise.resolve() };
  const start = as === 'service' ? startEmbeddedPostgres : connectOrStartEmbeddedPostgres;
  const server = await start({ dataFolder: environment.MINDET_DATA, log: note, ...(signal && { signal }) });
  return { url: server.url, close: () => server.stop() };
}

/** Node gathers the failures of several addresses in one error that says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
