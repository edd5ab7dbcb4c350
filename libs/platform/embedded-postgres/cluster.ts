import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify, types } from 'node:util';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { DataFolderUnusable } from './data-folder-errors.js';
import type { Home } from './home.js';

export interface Cluster {
  readonly folder: string;
  /** Of the superuser `mindet`. */
  readonly password: string;
}

export const SUPERUSER = 'mindet';

/**
 * The home's cluster, made at first. It is made aside and renamed when whole, so that an interrupted or a racing start
 * leaves either no cluster or a complete one.
 * @param durable false spares the syncing to disk, for a cluster that need not outlive the machine
 * @throws {DataFolderUnusable} or the signal's reason
 */
export async function ensureCluster(
  dataFolder: string,
  home: Home,
  binaries: Binaries,
  durable: boolean,
  signal: AbortSignal,
): Promise<Cluster> {
  const cluster = join(home.folder, 'cluster');
  const passwordFile = join(home.folder, 'password');
  if (!existsSync(cluster)) {
    if (!existsSync(passwordFile)) createPassword(passwordFile);
    await createCluster(dataFolder, home, binaries, cluster, passwordFile, durable, signal);
  }
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(home.folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
  const major = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (major !== binaries.major) {
    throw new DataFolderUnusable(
      dataFolder,
      `its database was made by PostgreSQL ${major}, and this version brings PostgreSQL ${binaries.major}`,
    );
  }
  if (!existsSync(passwordFile))
    throw new DataFolderUnusable(dataFolder, `the password of its database, ${passwordFile}, is gone`);
  return { folder: cluster, password: readFileSync(passwordFile, 'utf8') };
}

const UNFINISHED = 'unfinished-';

/** Linked into place when written, so that of two first starts both take the password of one. */
function createPassword(file: string): void {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(aside);
  }
}

async function createCluster(
  dataFolder: string,
  home: Home,
  binaries: Binaries,
  cluster: string,
  passwordFile: string,
  durable: boolean,
  signal: AbortSignal,
): Promise<void> {
  const aside = mkdtempSync(join(home.folder, UNFINISHED));
  const passwordCopy = `${aside}.password`;
  try {
    writeFileSync(passwordCopy, readFileSync(passwordFile), { mode: 0o600 });
    if (home.account) for (const path of [aside, passwordCopy]) chownSync(path, home.account.uid, home.account.gid);
    await initdb(binaries.initdb, aside, passwordCopy, home.account, durable, signal);
    renameSync(aside, cluster);
    sync(home.folder);
  } catch (error) {
    // Another process was first, and may have swept this one's folder away.
    if (existsSync(cluster)) return;
    rmSync(aside, { recursive: true, force: true });
    signal.throwIfAborted();
    throw error instanceof InitdbFailed ? new DataFolderUnusable(dataFolder, error.message, { cause: error }) : error;
  } finally {
    rmSync(passwordCopy, { force: true });
  }
}

class InitdbFailed extends Error {}

async function initdb(
  program: string,
  folder: string,
  passwordFile: string,
  account: Account | undefined,
  durable: boolean,
  signal: AbortSignal,
): Promise<void> {
  chmodSync(folder, 0o700);
  const args = [
    '--pgdata',
    folder,
    '--username',
    SUPERUSER,
    '--pwfile',
    passwordFile,
    '--auth',
    'scram-sha-256',
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    '--locale-provider',
    'builtin',
    '--builtin-locale',
    'C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    const made = promisify(execFile)(program, args, { ...account, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } });
    // Not by `execFile` itself, which would not wait for its end.
    signal.addEventListener('abort', () => made.child.kill(), { once: true });
    await made;
  } catch (error) {
    const lines = types.isNativeError(error) && 'stderr' in error ? String(error.stderr).trim().split('\n') : [];
    const reason = lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? String(error);
    throw new InitdbFailed(`no database could be made there (${reason})`, { cause: error });
  }
}

function sync(folder: string): void {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
