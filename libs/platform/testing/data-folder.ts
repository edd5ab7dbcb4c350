import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServer, processExists, stopServer } from '../embedded-postgres/server-process.js';

const PREFIX = 'mindet-test-';

/** An empty data folder that the database's user can reach. Its name carries who made it, for the sweep. */
export function makeDataFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`)));
  chmodSync(folder, 0o711);
  return folder;
}

/** Removes a data folder with the server that may run on it. */
export async function removeDataFolder(folder: string): Promise<void> {
  const home = homeOf(folder);
  if (home !== undefined) {
    const cluster = join(home, 'cluster');
    const server = findServer(cluster);
    if (server) await stopServer(server, cluster);
    rmSync(home, { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Removes what test runs that were killed left behind. */
export async function sweepDataFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const maker = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (maker === undefined || processExists(Number(maker))) continue;
    // What another user left is that user's to sweep.
    await removeDataFolder(join(tmpdir(), name)).catch(() => {});
  }
}

function homeOf(folder: string): string | undefined {
  try {
    return realpathSync(join(folder, 'postgres'));
  } catch {
    return undefined;
  }
}
