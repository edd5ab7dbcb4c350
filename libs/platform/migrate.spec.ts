import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from './migrate.js';
import { freshDatabase, type FreshDatabase } from './testing/postgres.js';

let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'mindet-migrations-'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function writeMigration(path: string, sql: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('applies what is new, in order, and nothing the second time', async () => {
  await writeMigration('read/0001_fruit.sql', 'CREATE TABLE fruit (name text);');
  await writeMigration('read/0002_apple.sql', `INSERT INTO fruit VALUES ('apple {1} $1');`);
  expect(await migrate(database.url, ['read'], folder)).toEqual(['read/0001_fruit', 'read/0002_apple']);
  expect(await migrate(database.url, ['read'], folder)).toEqual([]);
  await writeMigration('read/0003_pear.sql', `INSERT INTO fruit VALUES ('pear');`);
  expect(await migrate(database.url, ['read'], folder)).toEqual(['read/0003_pear']);
  expect(await query('SELECT name FROM fruit ORDER BY name')).toEqual([{ name: 'apple {1} $1' }, { name: 'pear' }]);
});

test('keeps the sets apart, and a set without migrations is no error', async () => {
  await writeMigration('event-store/0001_log.sql', 'CREATE TABLE log (id int);');
  await writeMigration('read/0001_view.sql', 'CREATE TABLE view (id int);');
  expect(await migrate(database.url, ['event-store', 'commands', 'read'], folder)).toEqual([
    'event-store/0001_log',
    'read/0001_view',
  ]);
});

test('a migration that fails leaves nothing of its set and names the error', async () => {
  await writeMigration('read/0001_fruit.sql', 'CREATE TABLE fruit (name text);');
  await writeMigration('read/0002_wrong.sql', 'INSERT INTO vegetable VALUES (1);');
  await expect(migrate(database.url, ['read'], folder)).rejects.toThrow('relation "vegetable" does not exist');
  expect(await query(`SELECT to_regclass('fruit') AS fruit`)).toEqual([{ fruit: null }]);
});

test('migrating from several connections at once applies everything once', async () => {
  await writeMigration('read/0001_fruit.sql', 'CREATE TABLE fruit (name text); SELECT pg_sleep(0.1);');
  await writeMigration('commands/0001_key.sql', 'CREATE TABLE key (name text);');
  const runs = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, ['read', 'commands'], folder)));
  expect(runs.flat().toSorted()).toEqual(['commands/0001_key', 'read/0001_fruit']);
});

test('gives up on a server that takes the connection and never answers', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  try {
    const migrated = migrate(`postgres://mindet@127.0.0.1:${(silent.address() as AddressInfo).port}/mindet`, ['read'], folder);
    const refused = expect(migrated).rejects.toThrow('timeout expired');
    const [socket] = (await once(silent, 'connection')) as [Socket];
    jest.runOnlyPendingTimers();
    await refused;
    socket.destroy();
  } finally {
    jest.useRealTimers();
    silent.close();
  }
});
