import pg from 'pg';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import type { AnyTable } from '../change.js';
import type { Projection } from '../projection.js';

export interface ReadDatabase {
  readonly db: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

/** A database of its own with the read side's migrations. */
export async function readDatabase(): Promise<ReadDatabase> {
  const database = await freshDatabase();
  const { url } = database;
  await migrate(url, ['read']);
  const db = createPool(url, { max: 8, applicationName: 'mindet spec' });
  return {
    db,
    url,
    async close() {
      await db.end();
      await database.drop();
    },
  };
}

/** Every version of every row, in a fixed order. */
export async function versionsIn(db: pg.Pool, projection: Projection, schema = 'read'): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const { name, key } of projection.tables) {
    const { rows } = await db.query(`select to_jsonb(t) as version from ${schema}.${name} t order by ${key.join(', ')}, valid_from`);
    tables[name] = rows.map(({ version }) => version as unknown);
  }
  return tables;
}

/** The rows of one table as `read.<table>_at` gives them, without `born_at` and `changed_at`. */
export async function rowsAt(db: pg.Pool, table: AnyTable, position: string): Promise<unknown[]> {
  const { rows } = await db.query(
    `select to_jsonb(t) - 'born_at' - 'changed_at' as row from read.${table.name}_at($1) t order by ${table.key.join(', ')}`,
    [position],
  );
  return rows.map(({ row }) => row as unknown);
}
