import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnavailable } from '#event-store/errors.js';
import type { EventStore } from '#event-store/event-store.js';
import { persistently } from '#event-store/persistently.js';
import { createClient, disposeClient, serverVersion } from './client.js';
import { connectionString } from './connection-string.js';
import { isAccessDenied, isPassing } from './failures.js';
import { kurrentdbEventStore } from './kurrentdb-event-store.js';
import { KurrentDbUnusable } from './unusable.js';

/** The first that tells a subscription that it has caught up. */
const OLDEST = { major: 23, minor: 10 };

const PATIENCE = 5_000;

/** Milliseconds beyond that for one that takes the connection to answer. */
const ANSWER = 5_000;

interface Opening {
  /** What the names of the log's streams begin with. */
  readonly prefix: string;
  /** Gives the opening up. */
  readonly signal: AbortSignal;
  /** Milliseconds for which a server may be on its way up; 5,000 where not given. */
  readonly patience?: number;
}

/**
 * Opens the log on the server, or cluster, that a connection string names, once that has shown that it can be used.
 * @throws {KurrentDbUnusable} or the signal's reason
 */
export async function openKurrentDb(url: string, { prefix, signal, patience = PATIENCE }: Opening): Promise<EventStore> {
  const told = connectionString(url);
  const client = clientFor(told.url);
  const store = kurrentdbEventStore(client, { prefix });
  try {
    requireVersion(await reached(client, patience, signal));
    // The version is told to anybody; what the user may do shows here.
    await store.logId();
    await store.head();
    return store;
  } catch (error) {
    await disposeClient(client);
    signal.throwIfAborted();
    throw unusable(error, told.hosts);
  }
}

function clientFor(url: string): KurrentDBClient {
  try {
    return createClient(url);
  } catch (error) {
    // What the client says of it may show the password.
    throw new KurrentDbUnusable('KURRENTDB_URL: the client of KurrentDB does not take it', { cause: error });
  }
}

async function reached(client: KurrentDBClient, patience: number, signal: AbortSignal): Promise<string> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(patience + ANSWER)]);
  const { promise: giveUp, reject } = Promise.withResolvers<never>();
  const onLate = (): void => reject(new StoreUnavailable('KurrentDB', { cause: new Error(`no answer`) }));
  late.addEventListener('abort', onLate);
  try {
    return await Promise.race([
      persistently(() => serverVersion(client), { store: 'KurrentDB', retryFor: patience, isPassing, signal: late }),
      giveUp,
    ]);
  } finally {
    late.removeEventListener('abort', onLate);
  }
}

function requireVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return;
  throw new KurrentDbUnusable(
    `KURRENTDB_URL: the server is of version ${version}; the oldest that can be used is ${OLDEST.major}.${OLDEST.minor}`,
  );
}

function unusable(error: unknown, hosts: string): unknown {
  if (isAccessDenied(error)) {
    return new KurrentDbUnusable(`KURRENTDB_URL: the server at ${hosts} refuses the user, or what it asks for`, { cause: error });
  }
  if (error instanceof StoreUnavailable) {
    const reason = error.cause instanceof Error ? `: ${error.cause.message.replaceAll(/\s+/g, ' ')}` : '';
    return new KurrentDbUnusable(`KURRENTDB_URL: no server can be reached at ${hosts}${reason}`, { cause: error });
  }
  return error;
}
