import type { Pool } from 'pg';
import { forgetAnswers, postgresIdempotencyKeys, type IdempotencyKeys } from '#commands/idempotency-keys.js';
import type { EventStore } from '#event-store/event-store.js';
import { openKurrentDb } from '#event-store-kurrentdb/open.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { claimLedger, setLedgerAside } from '#ledger/log-of-ledger.js';
import { systemClock, type Clock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { connectOrStartEmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.js';
import type { Environment } from '#platform/environment.js';
import { migrate, type MigrationSet } from '#platform/migrate.js';
import { unlessAborted } from '#platform/unless-aborted.js';
import { claimReadSide, resetReadSide } from '#projections/log-of-read-side.js';
import { databaseUnusable } from './database-unusable.js';

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
  /** Empties the read side, which may have been built from another log. */
  readonly resetReadSide?: boolean;
  /** Gives the opening up, and leaves nothing running. */
  readonly signal?: AbortSignal;
};

/**
 * Opens the database that the environment names, or the embedded one, brings its schemas up to date, and opens the event
 * store, which may stand elsewhere.
 * @throws {DatabaseUnusable | DataFolderInUse | DataFolderUnusable | KurrentDbUnusable | ReadSideOfAnotherLog | LedgerOfAnotherLog} or the signal's reason
 */
export async function openStores(environment: Environment, opening: Opening): Promise<Stores> {
  const { applicationName, note, signal = new AbortController().signal } = opening;
  const database = await openDatabase(environment, opening);
  try {
    await unlessAborted(signal, () => migrate(database.url, setsOf(environment)));
  } catch (error) {
    await database.close();
    signal.throwIfAborted();
    if (!environment.DATABASE_URL) throw error;
    throw databaseUnusable('DATABASE_URL', error);
  }
  const db = createPool(database.url, {
    max: environment.DATABASE_POOL_MAX,
    applicationName,
    onIdleError: (error) => note(`a connection to the database was lost: ${error.message}`),
  });
  let store: EventStore | undefined;
  const close = async (): Promise<void> => {
    await store?.close();
    await db.end();
    await database.close();
  };
  try {
    store = await openEventStore(environment, db, signal);
    const logId = await store.logId();
    if (opening.resetReadSide) {
      await resetReadSide(db, logId);
      await forgetAnswers(db);
      const kept = await setLedgerAside(db, logId, systemClock());
      if (kept !== undefined) note(`the ledger of the other log is kept in the schema ${kept}`);
      await migrate(database.url, ['ledger']);
    } else await claimReadSide(db, logId);
    await claimLedger(db, logId);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: database.url, db, store, keys: postgresIdempotencyKeys(db), clock: systemClock, close };
}

const setsOf = ({ EVENT_STORE }: Environment): MigrationSet[] => [
  ...(EVENT_STORE === 'postgres' ? (['event-store'] as const) : []),
  'commands',
  'read',
  'ledger',
  'access',
  'verification',
  'editions',
  'delivery',
];

const openEventStore = async (environment: Environment, db: Pool, signal: AbortSignal): Promise<EventStore> =>
  environment.EVENT_STORE === 'postgres'
    ? postgresEventStore(db)
    : openKurrentDb(environment.KURRENTDB_URL!, { prefix: environment.KURRENTDB_STREAM_PREFIX, signal });

async function openDatabase(environment: Environment, { as, note, signal }: Opening) {
  if (environment.DATABASE_URL) return { url: environment.DATABASE_URL, close: () => Promise.resolve() };
  const start = as === 'service' ? startEmbeddedPostgres : connectOrStartEmbeddedPostgres;
  const server = await start({ dataFolder: environment.MINDET_DATA, log: note, ...(signal && { signal }) });
  return { url: server.url, close: () => server.stop() };
}
