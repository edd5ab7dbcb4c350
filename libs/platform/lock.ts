import { once } from 'node:events';
import pg from 'pg';
import { pause } from './patience.js';

/** What one process at a time does, of all that share a database: for example the `projection` called `reports`. */
export type Duty = { readonly kind: string; readonly name: string };

/** How often a process that stands by looks whether it may take over, in milliseconds. */
const STANDBY_MS = 250;

/**
 * Runs `work` while this process alone, of all that share the database, has the duty. Waits for its turn.
 * `work` is told by a signal when the lock is lost, with its connection, or the service ends. What is written must be guarded
 * by a compare-and-set; the lock keeps processes from working against one another.
 */
export async function whileHeld(
  connection: pg.ClientConfig,
  duty: Duty,
  ending: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...connection, application_name: `mindet ${duty.kind} ${duty.name}` });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  const ended = once(client, 'end');
  ended.then(() => lost.abort(), () => {});
  const held = AbortSignal.any([ending, lost.signal]);
  try {
    await client.connect();
    while (!(await acquired(client, duty))) {
      await pause(STANDBY_MS, held);
      if (held.aborted) return;
    }
    await work(held);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Whether any process has a duty now. */
export async function lockHeld(db: pg.Pool, { kind, name }: Duty): Promise<boolean> {
  const { rows } = await db.query<{ held: boolean }>(
    `select exists (
       select from pg_locks where locktype = 'advisory' and granted and objsubid = 2
         and database = (select oid from pg_database where datname = current_database())
         and classid::bigint = hashtext('mindet ' || $1)::bigint & 4294967295 and objid::bigint = hashtext($2)::bigint & 4294967295
     ) as held`,
    [kind, name],
  );
  return rows[0]!.held;
}

async function acquired(client: pg.Client, { kind, name }: Duty): Promise<boolean> {
  const { rows } = await client.query<{ acquired: boolean }>(
    `select pg_try_advisory_lock(hashtext('mindet ' || $1), hashtext($2)) as acquired`,
    [kind, name],
  );
  return rows[0]!.acquired;
}
