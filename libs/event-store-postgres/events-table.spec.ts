import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { someEvent, someEvents, streamOf } from '#event-store/testing/some-events.js';
import { freshLog, type FreshLog } from './testing/fresh-log.js';

let log: FreshLog;
beforeAll(async () => {
  log = await freshLog();
  await streamOf(log.store, 3);
});
afterAll(() => log.close());

test.each([
  `UPDATE event_store.events SET type = 'Forged'`,
  `UPDATE event_store.events SET type = 'Forged' WHERE false`,
  'DELETE FROM event_store.events',
  'TRUNCATE event_store.events',
  `INSERT INTO event_store.events SELECT * FROM event_store.events ON CONFLICT (id) DO UPDATE SET type = 'Forged'`,
  `MERGE INTO event_store.events e USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE`,
])('the database refuses its owner: %s', async (statement) => {
  await expect(log.pool.query(statement)).rejects.toThrow('events are never changed or removed');
});

test('it refuses also a session that has the triggers of replication only', async () => {
  const client = await log.pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await expect(client.query('DELETE FROM event_store.events')).rejects.toThrow('DELETE is refused');
  } finally {
    client.release(true);
  }
});

test('positions are 1, 2, 3 …, also where appends were refused between', async () => {
  const other = await freshLog();
  const appends = Array.from({ length: 20 }, (_, n) => other.store.append(`s-${n % 7}`, someEvents(1 + (n % 3)), 'none'));
  const outcomes = await Promise.allSettled(appends);
  await other.store.append('t', someEvents(2), 'none');
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']));
  const { rows } = await other.pool.query<{ position: string }>('SELECT position FROM event_store.events ORDER BY position');
  expect(rows.map(({ position }) => Number(position))).toEqual(rows.map((_, n) => n + 1));
  await other.close();
});

test('the text of an event is kept as it was written, for auditors who compute its digest', async () => {
  const event = someEvent({ 'б': 1, a: [1.5, 'é"\\'], __proto: {} });
  await log.store.append('kept', [event], 'none');
  const { rows } = await log.pool.query(`SELECT data::text, metadata::text FROM event_store.events WHERE stream = 'kept'`);
  expect(rows).toEqual([{ data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) }]);
});

test('everything in the schema says what it is', async () => {
  const { rows } = await log.pool.query(
    `SELECT 'schema' AS what FROM pg_namespace WHERE nspname = 'event_store' AND obj_description(oid, 'pg_namespace') IS NULL
     UNION ALL
     SELECT relname FROM pg_class WHERE relnamespace = 'event_store'::regnamespace AND relkind = 'r' AND obj_description(oid, 'pg_class') IS NULL
     UNION ALL
     SELECT attname FROM pg_attribute
      WHERE attrelid = 'event_store.events'::regclass AND attnum > 0 AND col_description(attrelid, attnum) IS NULL
     UNION ALL
     SELECT proname FROM pg_proc WHERE pronamespace = 'event_store'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL`,
  );
  expect(rows).toEqual([]);
});
