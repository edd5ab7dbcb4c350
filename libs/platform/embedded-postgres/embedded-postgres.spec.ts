import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { packageRoot } from '../package-root.js';
import { makeDataFolder, removeDataFolder } from '../testing/data-folder.js';
import { accountForRoot, isRoot } from './account.js';
import { DataFolderInUse, DataFolderUnusable } from './data-folder-errors.js';
import {
  connectOrStartEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './embedded-postgres.js';
import { findServer, isRunning } from './server-process.js';

/** A data folder that has been used once: copied, it spares a test the making of a cluster. */
let used: string;
let folder: string;
const running: EmbeddedPostgres[] = [];
const holders: ChildProcess[] = [];

beforeAll(async () => {
  used = makeDataFolder();
  await (await startEmbeddedPostgres({ dataFolder: used })).stop();
});

afterAll(() => removeDataFolder(used));

beforeEach(() => {
  folder = makeDataFolder();
});

function useOnce(): void {
  execFileSync('cp', ['-a', join(used, 'postgres'), folder]);
}

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL');
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
  await removeDataFolder(folder);
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, ...options });
  running.push(postgres);
  return postgres;
}

async function joinAsGuest(): Promise<EmbeddedPostgres> {
  const postgres = await connectOrStartEmbeddedPostgres({ dataFolder: folder });
  running.push(postgres);
  return postgres;
}

/** Uses the data folder from a process of its own. */
async function holdElsewhere(
  role: 'service' | 'guest',
): Promise<{ readonly process: ChildProcess; readonly url: string }> {
  const holder = spawn(
    process.execPath,
    ['--import', join(packageRoot(), 'typescript.js'), join(import.meta.dirname, '../testing/hold-data-folder.ts'), folder, role],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  holders.push(holder);
  for await (const url of createInterface(holder.stdout)) return { process: holder, url };
  throw new Error('the holder ended without a word');
}

async function kill(holder: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const exited = once(holder, 'exit');
  holder.kill(signal);
  await exited;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}

const home = () => realpathSync(join(folder, 'postgres'));
const cluster = () => join(home(), 'cluster');
const serverPid = () => findServer(cluster())?.pid;

describe('an ordinary life', () => {
  test('the first start makes a database in Unicode that checks its pages, and the next one finds what was kept', async () => {
    const first = await start();
    await query(first.url, `CREATE TABLE kept AS SELECT 'қолдау' AS word`);
    expect(
      await query(
        first.url,
        `SELECT upper(word) AS word, current_setting('server_encoding') AS encoding,
      current_setting('data_checksums') AS checksums, current_setting('timezone') AS zone FROM kept`,
      ),
    ).toEqual([{ word: 'ҚОЛДАУ', encoding: 'UTF8', checksums: 'on', zone: 'UTC' }]);
    const pid = serverPid();
    await first.stop();
    expect(isRunning(pid!, cluster())).toBe(false);
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false);
    const second = await start();
    expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'қолдау' }]);
  });

  test('nobody comes in without the password, which only its owner can read', async () => {
    const { url } = await start();
    expect(statSync(join(home(), 'password')).mode & 0o777).toBe(0o600);
    expect(statSync(cluster()).mode & 0o777).toBe(0o700);
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(
      await query(url, `SELECT type, auth_method FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'`),
    ).toEqual([]);
    expect(
      await query(
        url,
        `SELECT current_setting('listen_addresses') AS at, current_setting('unix_socket_directories') AS sockets`,
      ),
    ).toEqual([{ at: '127.0.0.1', sockets: '' }]);
  });

  test('stopping twice at once is stopping', async () => {
    const postgres = await start();
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(serverPid()).toBeUndefined();
  });
});

describe('deaths', () => {
  test('a server that is killed is started again at the same address, with everything that was committed', async () => {
    useOnce();
    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS id');
    process.kill(serverPid()!, 'SIGKILL');
    await until(() => lines.includes('the database server runs again'));
    expect(await query(url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('after a kill of the process and its server together the next start recovers', async () => {
    useOnce();
    const holder = await holdElsewhere('service');
    await query(holder.url, 'CREATE TABLE kept AS SELECT 1 AS id');
    const pid = serverPid()!;
    holder.process.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until(() => !isRunning(pid, cluster()));
    const { url } = await start();
    expect(await query(url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });

  test('an orphan is taken over, and stopped by the one that took it', async () => {
    useOnce();
    const holder = await holdElsewhere('service');
    await kill(holder.process, 'SIGKILL');
    const orphan = serverPid();
    expect(orphan).toBeDefined();
    const postgres = await start();
    expect(serverPid()).toBe(orphan);
    expect(postgres.url).toBe(holder.url);
    await postgres.stop();
    expect(serverPid()).toBeUndefined();
  });

  test('an orphan of other settings is replaced', async () => {
    useOnce();
    const holder = await holdElsewhere('service');
    await kill(holder.process, 'SIGKILL');
    const orphan = serverPid();
    const { url } = await start({ settings: { work_mem: '5MB' } });
    expect(serverPid()).not.toBe(orphan);
    expect(await query(url, 'SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
  });

  test('a pid file whose pid now is another program, or remains of one, is no server, and that program is left alone', async () => {
    useOnce();
    // Of the server's own user, whose processes the server takes seriously; its first word is the pid of a child it
    // never waits for.
    const account = isRoot() ? accountForRoot() : {};
    const bystander = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
      ...account,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    holders.push(bystander);
    const [remains] = (await once(createInterface(bystander.stdout), 'line')) as [string];
    for (const pid of [bystander.pid!, Number(remains), process.pid, 1]) {
      writeFileSync(
        join(cluster(), 'postmaster.pid'),
        `${pid}\n${cluster()}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`,
      );
      const postgres = await start();
      expect(await query(postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await postgres.stop();
    }
    expect(readFileSync(join(home(), 'server.log'), 'utf8')).not.toContain('already exists');
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  });

  test('what an interrupted first start left is swept away and made anew', async () => {
    mkdirSync(join(folder, 'postgres'), { mode: 0o711 });
    const left = join(folder, 'postgres', 'unfinished-abc');
    mkdirSync(left);
    writeFileSync(join(left, 'PG_VERSION'), '18\n');
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(home()).toSorted()).toEqual(['cluster', 'password', 'server.log']);
  });
});

describe('several processes', () => {
  test('a second service on the folder is refused by name, and the first goes on', async () => {
    useOnce();
    const holder = await holdElsewhere('service');
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataFolderInUse);
    expect(String(refusal)).toContain(`Mindet process ${holder.process.pid}`);
    expect(await query(holder.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a guest shares the server of the service and leaves it running', async () => {
    useOnce();
    const holder = await holdElsewhere('service');
    const guest = await joinAsGuest();
    expect(guest.url).toBe(holder.url);
    await guest.stop();
    expect(await query(holder.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('whoever leaves last stops the server, in whichever order they came', async () => {
    useOnce();
    const guest = await holdElsewhere('guest');
    const service = await start();
    expect(service.url).toBe(guest.url);
    await service.stop();
    expect(serverPid()).toBeDefined();
    await kill(guest.process, 'SIGTERM');
    expect(serverPid()).toBeUndefined();
  });

  test('first starts at the same moment make one cluster', async () => {
    const started = await Promise.all([holdElsewhere('guest'), holdElsewhere('service'), joinAsGuest(), joinAsGuest()]);
    expect(new Set(started.map((one) => one.url)).size).toBe(1);
  });
});

describe('folders that will not do', () => {
  async function complaint(dataFolder: string): Promise<string> {
    const error = await start({ dataFolder }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataFolderUnusable);
    const { message } = error as DataFolderUnusable;
    expect(message).not.toContain('\n');
    return message;
  }

  test('a file in its place', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await complaint(file)).toContain('a file is in the way');
    expect(await complaint(join(file, 'below'))).toContain('a file is in the way');
  });

  test('a folder this user may not write', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    // Root may write everywhere: it takes another user to see a refusal.
    if (isRoot()) process.seteuid!(65534);
    try {
      expect(await complaint(closed)).toContain('this user has no permission there');
    } finally {
      if (process.getuid!() === 0) process.seteuid!(0);
    }
  });

  test('a database of another major version', async () => {
    useOnce();
    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
    expect(await complaint(folder)).toMatch(/made by PostgreSQL 17, and this version brings PostgreSQL 18/);
  });

  test('a database that does not start says why', async () => {
    useOnce();
    rmSync(join(cluster(), 'global/pg_control'));
    expect(await complaint(folder)).toMatch(/does not start \(.*pg_control/);
  });

  test('a lost password', async () => {
    useOnce();
    rmSync(join(home(), 'password'));
    expect(await complaint(folder)).toContain('password');
  });

  test('a password that is not the one the database was made with', async () => {
    useOnce();
    writeFileSync(join(home(), 'password'), 'another');
    expect(await complaint(folder)).toContain('password');
  });
});
