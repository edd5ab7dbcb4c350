import type { Pool } from 'pg';
import { inTransaction } from '#platform/database.js';

/** The ledger in this database is that of another log; the message is one line that says what to do. */
export class LedgerOfAnotherLog extends Error {
  override readonly name = 'LedgerOfAnotherLog';
  constructor() {
    super(
      'the ledger in this database is that of another event log than the one that is configured now; ' +
        '`mindet projections reset` sets it aside, and a new one is begun',
    );
  }
}

/**
 * Takes the ledger for a log, once and for ever.
 * @param logId of the log that is open
 * @throws {LedgerOfAnotherLog}
 */
export async function claimLedger(db: Pool, logId: string): Promise<void> {
  await db.query('update ledger.tree set log = $1 where log is null', [logId]);
  const { rows } = await db.query<{ log: string }>('select log from ledger.tree');
  if (rows[0]?.log !== logId) throw new LedgerOfAnotherLog();
}

/**
 * Where the ledger is another log's, keeps it under another name, checkpoints and all: what was signed stays signed. The
 * migrations make a new one.
 * @returns the schema in which it is kept; `undefined` where it is this log's
 */
export async function setLedgerAside(db: Pool, logId: string, now: Date): Promise<string | undefined> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ log: string | null }>('select log from ledger.tree for update');
    if (rows[0]?.log === null || rows[0]?.log === logId) return undefined;
    const kept = `ledger_until_${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}`;
    await client.query(`alter schema ledger rename to ${kept}`);
    await client.query('delete from mindet_migrations.ledger');
    return kept;
  });
}
