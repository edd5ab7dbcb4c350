import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from '../database-away.js';
import { SUPERUSER, type Cluster } from './cluster.js';
import { isRunning, stopServer, type ServerProcess } from './server-process.js';

/**
 * Who uses a server is kept in the server itself, as locks of one open connection per process. So it is never stale:
 * the lock of a process that was killed goes with its connection, and a server without one is an orphan, free to be
 * taken over.
 *
 * Every process that uses the server holds USE, shared. Who leaves takes it alone, and where that works nobody else is
 * there: the last one stops the server. A service holds SERVICE besides, alone: one per data folder.
 */
const USE = '7811887301948817'; // arbitrary; nothing else locks in the database `postgres`
const SERVICE = '7811887301948818';

export type Role = 'service' | 'guest';

export interface Membership {
  readonly server: ServerProcess;
  /** Settles when the connection has ended, which is when the server has. */
  readonly lost: Promise<void>;
  /** Whether nobody else uses the server. If so, nobody can join until this membership ends. */
  takeAlone(): Promise<boolean>;
  /** Ends the membership. The server runs on. */
  end(): Promise<void>;
}

/** Another service holds the server. */
export class ServiceRuns extends Error {
  constructor(readonly service: string) {
    super(service);
  }
}

/**
 * Waits for a server to accept connections, through its recovery however long, and joins its users.
 * @returns undefined where the server has ended instead
 * @throws {ServiceRuns} or the signal's reason
 */
export async function joinServer(
  server: ServerProcess,
  cluster: Cluster,
  role: Role,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<Membership | undefined> {
  const client = await connect(server, cluster, log, signal);
  if (client === undefined) return undefined;
  const { promise: lost, resolve } = Promise.withResolvers<void>();
  client.on('error', () => {});
  client.on('end', () => resolve());
  try {
    if (role === 'service') await takeService(client);
    // Waits while another process that has found itself alone stops the server, and then fails.
    await client.query(`SELECT pg_advisory_lock_shared(${USE})`);
  } catch (error) {
    await client.end().catch(() => {});
    if (isDatabaseAway(error)) return undefined;
    throw error;
  }
  return {
    server,
    lost,
    async takeAlone() {
      await client.query(`SELECT pg_advisory_unlock_shared(${USE})`);
      const { rows } = await client.query<{ alone: boolean }>(`SELECT pg_try_advisory_lock(${USE}) AS alone`);
      if (!rows[0]!.alone) await client.query(`SELECT pg_advisory_lock_shared(${USE})`);
      return rows[0]!.alone;
    },
    end: () => client.end(),
  };
}

async function connect(
  server: ServerProcess,
  cluster: Cluster,
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<pg.Client | undefined> {
  const noticeAfter = Date.now() + 3_000;
  for (let noticed = false; ; await delay(20)) {
    const client = new pg.Client({
      connectionString: serverUrl(server, cluster, 'postgres'),
      application_name: `Mindet process ${process.pid}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      if (!isRunning(server.pid, cluster.folder)) return undefined;
      if (!isDatabaseAway(error)) throw error;
    }
    signal.throwIfAborted();
    if (!noticed && Date.now() > noticeAfter) {
      noticed = true;
      log('the database is still recovering or starting; waiting for it');
    }
  }
}

/** A service that was killed a moment ago may still be held for one by the server. */
async function takeService(client: pg.Client): Promise<void> {
  try {
    await client.query(`SET lock_timeout = '1s'; SELECT pg_advisory_lock(${SERVICE}); SET lock_timeout = 0`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error;
    const { rows } = await client.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_stat_activity JOIN pg_locks USING (pid)
        WHERE locktype = 'advisory' AND granted AND ((classid::bigint << 32) | objid::bigint) = ${SERVICE}`,
    );
    throw new ServiceRuns(rows[0]?.name ?? 'another process');
  }
}

/** Ends the membership, and with it the server where nobody else uses it. */
export async function leaveServer(membership: Membership, cluster: Cluster): Promise<void> {
  const last = await membership.takeAlone().catch(() => false);
  if (last) await stopServer(membership.server, cluster.folder);
  await membership.end().catch(() => {});
}

export function serverUrl(server: ServerProcess, cluster: Cluster, database: string): string {
  return `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${server.port}/${database}`;
}
