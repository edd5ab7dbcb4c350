import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { claimReadSide, ReadSideInUse, ReadSideOfAnotherLog, resetReadSide } from './log-of-read-side.js';
import { livePlace } from './places.js';
import { registry } from './registry.js';
import { readDatabase, type ReadDatabase } from './testing/read-database.js';

let database: ReadDatabase;
beforeEach(async () => {
  database = await readDatabase();
});
afterEach(() => database.close());

const tables = async (): Promise<number> =>
  (await database.db.query<{ count: number }>(`select count(*)::int from information_schema.tables where table_schema = 'read'`)).rows[0]!.count;

test('a read side serves the log that it was first built from, and no other', async () => {
  await claimReadSide(database.db, 'kurrentdb:a');
  await claimReadSide(database.db, 'kurrentdb:a');
  await expect(claimReadSide(database.db, 'kurrentdb:b')).rejects.toBeInstanceOf(ReadSideOfAnotherLog);
  await expect(claimReadSide(database.db, 'postgres:a')).rejects.toThrow('mindet projections reset');
});

test('one that was built before logs had names is of the log in PostgreSQL', async () => {
  await livePlace(database.db, registry[0]!);
  await database.db.query('update read.projection set position = 7');
  await expect(claimReadSide(database.db, 'kurrentdb:a')).rejects.toBeInstanceOf(ReadSideOfAnotherLog);
  await claimReadSide(database.db, 'postgres:a');
});

test('a reset leaves nothing of the old tables, and takes the read side for the new log', async () => {
  const before = await tables();
  for (const projection of registry) await livePlace(database.db, projection);
  await claimReadSide(database.db, 'postgres:a');
  await resetReadSide(database.db, 'kurrentdb:b');
  expect(await tables()).toBe(before);
  await claimReadSide(database.db, 'kurrentdb:b');
  for (const projection of registry) expect((await livePlace(database.db, projection)).position).toBe('0');
});

test('a reset refuses while a process keeps a projection', async () => {
  await livePlace(database.db, registry[0]!);
  const keeper = await database.db.connect();
  await keeper.query(`select pg_advisory_lock(hashtext('mindet projection'), hashtext($1))`, [registry[0]!.name]);
  await expect(resetReadSide(database.db, 'kurrentdb:b')).rejects.toBeInstanceOf(ReadSideInUse);
  keeper.release(true);
});
