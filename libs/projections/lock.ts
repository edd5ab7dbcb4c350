import { once } from 'node:events';
import pg from 'pg';
import { pause } from './patience.js';

/** How often a reader that stands by looks whether it may take over, in milliseconds. */
const STANDBY_MS = 250;

/**
 * Runs `work` while this process alone, of all that share the database, keeps the projection. Waits for its turn.
 * `work` is told by a signal when the lock is lost, with its connection, or the service ends. What guards the tables is the
 * compare-and-set of their position; the lock keeps readers from working against one another.
 */
export async function whileHeld(
  connection: pg.ClientConfig,
  projection: string,
  ending: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ ...connection, application_name: `mindet projection ${projection}` });
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  const ended = once(client, 'end');
  ended.then(() => lost.abort(), () => {});
  const held = AbortSignal.any([ending, lost.signal]);
  try {
    await client.connect();
    while (!(await acquired(client, projection))) {
      await pause(STANDBY_MS, held);
      if (held.aborted) return;
    }
    await work(held);
  } finally {
    await client.end().catch(() => {});
  }
}

async function acquired(client: pg.Client, projection: string): Promise<boolean> {
  const { rows } = await client.query<{ acquired: boolean }>(
    `select pg_try_advisory_lock(hashtext('mindet projection'), hashtext($1)) as acquired`,
    [projection],
  );
  return rows[0]!.acquired;
}
