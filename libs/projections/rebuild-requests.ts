import type { Pool } from 'pg';

/** Told when there is a new request. */
export const REBUILD_CHANNEL = 'mindet_rebuild';

/** Has whoever keeps the projection build it anew. Asking twice is asking once. */
export async function requestRebuild(db: Pool, name: string): Promise<void> {
  await db.query(
    `with request as (insert into read.rebuild_request (name) values ($1) on conflict do nothing) select pg_notify($2, $1)`,
    [name, REBUILD_CHANNEL],
  );
}

/** Until the new tables are in their place. */
export async function isRebuildRequested(db: Pool, name: string): Promise<boolean> {
  const { rowCount } = await db.query('select from read.rebuild_request where name = $1', [name]);
  return rowCount === 1;
}
