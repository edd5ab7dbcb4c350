import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.js';
import { migrate } from '#platform/migrate.js';

/** Runs `work` on a migrated database of its own, in a cluster of its own with the durability of production. */
export async function onDurableDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'mindet-bench-'));
  // The server may run under another account, which must pass through.
  chmodSync(dataFolder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataFolder });
  try {
    await migrate(postgres.url, ['event-store', 'commands', 'read', 'ledger', 'verification', 'editions', 'delivery']);
    return await work(postgres.url);
  } finally {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
