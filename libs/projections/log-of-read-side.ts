import type { Pool } from 'pg';
import { inTransaction } from '#platform/database.js';
import { dropAtMoment, LIVE_SCHEMA, quoted } from './ddl.js';

/** The tables were folded from another log than the one that is open. */
export class ReadSideOfAnotherLog extends Error {
  override readonly name = 'ReadSideOfAnotherLog';
  constructor() {
    super(
      'the read side was built from another event log than the one that is configured now; ' +
        '`mindet projections reset` empties it, so that it is built from this one',
    );
  }
}

/** A process of the service, or a projector, keeps the tables at this moment. */
export class ReadSideInUse extends Error {
  override readonly name = 'ReadSideInUse';
  constructor() {
    super('the read side is being kept by a running service or projector; stop them all first');
  }
}

/**
 * Takes the read side for a log, once and until it is reset.
 * @param logId of the log that is open
 * @throws {ReadSideOfAnotherLog}
 */
export async function claimReadSide(db: Pool, logId: string): Promise<void> {
  // What was built before logs had names was built from the one in PostgreSQL.
  await db.query(
    `insert into read.log (id)
     select $1::text where $1 like 'postgres:%' or not exists (select from read.projection where position > 0)
     on conflict do nothing`,
    [logId],
  );
  const { rows } = await db.query<{ id: string }>('select id from read.log');
  if (rows[0]?.id !== logId) throw new ReadSideOfAnotherLog();
}

/**
 * Empties the read side, and takes it for a log.
 * @throws {ReadSideInUse}
 */
export function resetReadSide(db: Pool, logId: string): Promise<void> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ name: string; schema: string; tables: string[]; free: boolean }>(
      `select name, schema, tables, pg_try_advisory_xact_lock(hashtext('mindet projection'), hashtext(name)) as free from read.projection`,
    );
    if (rows.some(({ free }) => !free)) throw new ReadSideInUse();
    for (const { schema, tables } of rows) {
      if (schema === LIVE_SCHEMA) await client.query(dropAtMoment(tables));
      for (const table of tables) await client.query(`drop table if exists ${quoted(schema)}.${quoted(table)}`);
      if (schema !== LIVE_SCHEMA) await client.query(`drop schema if exists ${quoted(schema)}`);
    }
    await client.query('delete from read.projection');
    await client.query('delete from read.rebuild_request');
    await client.query('delete from read.log');
    await client.query('insert into read.log (id) values ($1)', [logId]);
  });
}
