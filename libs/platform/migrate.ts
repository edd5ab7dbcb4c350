import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { packageRoot } from './package-root.js';

/** Migrating comes first in every process: a server that takes connections and never answers must not hold its start for ever. */
const CONNECTION_TIMEOUT_MS = 5_000;

export type MigrationSet = 'event-store' | 'commands' | 'read' | 'ledger' | 'access' | 'verification' | 'editions' | 'delivery';

/**
 * Brings each set of `migrations/<set>/NNNN_name.sql` up to date, in the order given. A set is one transaction: all of
 * what was new in it is applied, or nothing. What has run is kept in the schema `mindet_migrations`, one table per set.
 * Processes that migrate at the same time wait for one another.
 * @returns what was applied, as `<set>/<NNNN_name>`
 */
export async function migrate(
  url: string,
  sets: readonly MigrationSet[],
  folder: string = join(packageRoot(), 'migrations'),
): Promise<string[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'mindet migrate',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  let lost: Error | undefined;
  client.on('error', (error) => (lost = error));
  await client.connect();
  try {
    const applied: string[] = [];
    for (const set of sets) {
      if (!(await hasMigrations(join(folder, set)))) continue;
      const run = await runner({
        dbClient: client,
        dir: join(folder, set),
        direction: 'up',
        migrationsSchema: 'mindet_migrations',
        createMigrationsSchema: true,
        migrationsTable: set.replaceAll('-', '_'),
        singleTransaction: true,
        advisoryLockMode: 'wait',
        log: () => {},
      });
      applied.push(...run.map((migration) => `${set}/${migration.name}`));
    }
    return applied;
  } catch (error) {
    throw lost ?? error;
  } finally {
    await client.end();
  }
}

async function hasMigrations(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return files.some((file) => file.endsWith('.sql'));
}
