import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './binaries.js';
import { ensureCluster, type Cluster } from './cluster.js';
import { asUnusable, DataFolderInUse, DataFolderUnusable } from './data-folder-errors.js';
import { prepareHome, SHARED_FOLDER } from './home.js';
import { joinServer, leaveServer, serverUrl, ServiceRuns, type Membership, type Role } from './membership.js';
import {
  findServer,
  lastComplaint,
  launchServer,
  stopServer,
  wasStartedBy,
  type ServerCommand,
} from './server-process.js';

export interface EmbeddedPostgresOptions {
  /** Made where it is not there. The database is kept in `postgres` in it. */
  readonly dataFolder: string;
  /** Told in a line of what happens to the server afterwards. */
  readonly log?: (line: string) => void;
  /** PostgreSQL's own settings beyond its defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Gives the start up, with its reason, and leaves no server running that nobody uses. */
  readonly signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** Of the database `mindet`, as its superuser; contains the password. The same until `stop`. */
  readonly url: string;
  /**
   * Stops the server with all on disk, unless another process still uses it. Close pools first: it ends their
   * connections.
   */
  stop(): Promise<void>;
}

/**
 * The PostgreSQL of a data folder, for the service: started, or taken over from a process that died. It is started
 * again when it dies, at the same address, until it is stopped.
 * @throws {DataFolderInUse} another service runs on it
 * @throws {DataFolderUnusable}
 */
export function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return use(options, 'service');
}

/**
 * The same for a process beside the service: shares the server that runs, or starts one. The last to stop ends the
 * server.
 * @throws {DataFolderUnusable}
 */
export function connectOrStartEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  return use(options, 'guest');
}

const DATABASE = 'mindet';

async function use(options: EmbeddedPostgresOptions, role: Role): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  const log = options.log ?? (() => {});
  try {
    const { signal = new AbortController().signal } = options;
    signal.throwIfAborted();
    const { cluster, command } = await prepare(dataFolder, options.settings ?? {}, signal);
    const join = (until: AbortSignal, port?: number) => joinOrLaunch(dataFolder, cluster, command, role, log, until, port);
    const first = await join(signal);
    try {
      await ensureDatabase(serverUrl(first.server, cluster, 'postgres'));
      signal.throwIfAborted();
    } catch (error) {
      await leaveServer(first, cluster);
      throw error;
    }
    const leaving = new AbortController();
    const kept = keep(first, join, leaving.signal, log);
    const left = async () => {
      const last = await kept;
      if (last) await leaveServer(last, cluster);
    };
    let stopped: Promise<void> | undefined;
    return {
      url: serverUrl(first.server, cluster, DATABASE),
      stop() {
        leaving.abort();
        return (stopped ??= left());
      },
    };
  } catch (error) {
    throw asUnusable(dataFolder, error);
  }
}

async function prepare(
  dataFolder: string,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<{ readonly cluster: Cluster; readonly command: ServerCommand }> {
  const home = prepareHome(dataFolder);
  const binaries = findBinaries(home.account, SHARED_FOLDER);
  const cluster = await ensureCluster(dataFolder, home, binaries, settings['fsync'] !== 'off', signal);
  return {
    cluster,
    command: {
      postgres: binaries.postgres,
      cluster: cluster.folder,
      account: home.account,
      logFile: join(home.folder, 'server.log'),
      // No sockets in the file system: the one way in is the loopback address with the password.
      settings: {
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        timezone: 'UTC',
        log_timezone: 'UTC',
        ...settings,
      },
    },
  };
}

/**
 * Enough for a port that was taken meanwhile, another process starting the same server, or the last of a killed one to
 * go.
 */
const LAUNCHES = 6;

async function joinOrLaunch(
  dataFolder: string,
  cluster: Cluster,
  command: ServerCommand,
  role: Role,
  log: (line: string) => void,
  signal: AbortSignal,
  port: number | undefined,
): Promise<Membership> {
  for (let launches = 0; ; await delay(50 * 2 ** launches)) {
    signal.throwIfAborted();
    const found = findServer(cluster.folder);
    const logged = statSync(command.logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (found === undefined) launches += 1;
    const server = found ?? (await launchServer(command, port));
    const membership = await joinServer(server, cluster, role, log, signal).catch(async (error: unknown) => {
      // It does not let anybody in yet: nobody else uses it.
      if (error === signal.reason && found === undefined) await stopServer(server, cluster.folder);
      if (error instanceof ServiceRuns) throw new DataFolderInUse(dataFolder, error.service);
      if (error instanceof pg.DatabaseError && error.code === '28P01') {
        throw new DataFolderUnusable(dataFolder, 'its password file is not that of its database', { cause: error });
      }
      throw error;
    });
    if (membership === undefined) {
      if (launches < LAUNCHES) continue;
      throw new DataFolderUnusable(
        dataFolder,
        `its database does not start (${lastComplaint(command.logFile, logged)})`,
      );
    }
    // An orphan of other settings, or of an installation that may be gone by now, is not worth keeping.
    const outdated = found !== undefined && role === 'service' && !wasStartedBy(command);
    if (!outdated || !(await membership.takeAlone())) return membership;
    await stopServer(server, cluster.folder);
    await membership.end().catch(() => {});
  }
}

/**
 * Holds a membership until the signal, taking a new one at the same port where the server ended. Answers the one held
 * then.
 */
async function keep(
  first: Membership,
  join: (until: AbortSignal, port: number) => Promise<Membership>,
  leaving: AbortSignal,
  log: (line: string) => void,
): Promise<Membership | undefined> {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  leaving.addEventListener('abort', () => ask());
  let membership = first;
  for (let pause = 100; ;) {
    await Promise.race([membership.lost, asked]);
    if (leaving.aborted) return membership;
    log('the database server ended unasked; starting it again');
    try {
      membership = await join(leaving, first.server.port);
      pause = 100;
      log('the database server runs again');
    } catch (error) {
      if (leaving.aborted) return undefined;
      log(`the database server could not be started: ${String(error)}`);
      await Promise.race([delay(pause), asked]);
      if (leaving.aborted) return undefined;
      pause = Math.min(2 * pause, 5_000);
    }
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // Another process may have been first.
    if (!(error instanceof pg.DatabaseError) || !['42P04', '23505'].includes(error.code ?? '')) throw error;
  } finally {
    await client.end();
  }
}
