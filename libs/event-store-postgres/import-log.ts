import type pg from 'pg';
import type { RecordedEvent } from '#event-store/event-store.js';
import { inTransaction } from '#platform/database.js';

/** The log has events: nothing is imported into it. */
export class LogNotEmpty extends Error {
  override readonly name = 'LogNotEmpty';
}

/** Events in one statement. */
const BATCH = 1_000;

/**
 * Records events that another log had, in a log that has none, each exactly as it was: position, revision and time too. All of
 * them in one transaction: where reading them fails, nothing is recorded. The database refuses what contradicts itself.
 * @returns how many
 * @throws {LogNotEmpty}
 */
export async function importLog(pool: pg.Pool, events: AsyncIterable<RecordedEvent>): Promise<number> {
  return inTransaction(pool, async (client) => {
    await keepOthersOut(client);
    const { rowCount } = await client.query('SELECT FROM event_store.events LIMIT 1');
    if (rowCount !== 0) throw new LogNotEmpty('the log has events already; an import is for an empty one');
    let count = 0;
    let batch: RecordedEvent[] = [];
    for await (const event of events) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      count += await insert(client, batch);
      batch = [];
    }
    count += await insert(client, batch);
    await client.query(`SELECT pg_notify('event_store', '')`);
    return count;
  });
}

/** Records events that another log had after those that are there, as they were but for their positions, which go on from here. */
export async function takeEvents(pool: pg.Pool, events: readonly RecordedEvent[]): Promise<void> {
  await inTransaction(pool, async (client) => {
    await keepOthersOut(client);
    const { rows } = await client.query<{ head: string }>('SELECT coalesce(max(position), 0) AS head FROM event_store.events');
    const head = BigInt(rows[0]!.head);
    await insert(client, events.map((event, n) => ({ ...event, position: String(head + BigInt(n + 1)) })));
    await client.query(`SELECT pg_notify('event_store', '')`);
  });
}

/** The lock of appends: none comes between. */
async function keepOthersOut(client: pg.PoolClient): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock('event_store.events'::regclass::oid::integer, 0), set_config('statement_timeout', '0', true)`);
}

async function insert(client: pg.PoolClient, batch: readonly RecordedEvent[]): Promise<number> {
  await client.query({
    name: 'event_store.import',
    text: `INSERT INTO event_store.events (position, stream, revision, id, type, data, metadata, recorded_at)
           SELECT e.position, e.stream, e.revision, e.id, e.type, e.data::json, e.metadata::json, e.recorded_at
             FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::uuid[], $5::text[], string_to_array($6, E'\\n'), string_to_array($7, E'\\n'),
                    $8::timestamptz[]) AS e (position, stream, revision, id, type, data, metadata, recorded_at)`,
    values: [
      batch.map(({ position }) => position),
      batch.map(({ stream }) => stream),
      batch.map(({ revision }) => revision),
      batch.map(({ id }) => id),
      batch.map(({ type }) => type),
      // JSON has no line break outside of its strings, and within them it is escaped.
      batch.map(({ data }) => JSON.stringify(data)).join('\n'),
      batch.map(({ metadata }) => JSON.stringify(metadata)).join('\n'),
      batch.map(({ recordedAt }) => recordedAt),
    ],
  });
  return batch.length;
}
