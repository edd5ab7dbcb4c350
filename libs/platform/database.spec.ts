import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { isDatabaseAway } from './database-away.js';
import { createPool, inTransaction, type PoolOptions } from './database.js';
import { freshDatabase, type FreshDatabase } from './testing/postgres.js';

let database: FreshDatabase;
const pools: pg.Pool[] = [];

beforeEach(async () => {
  database = await freshDatabase();
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await database.drop();
});

function open(options: Partial<PoolOptions> = {}, url = database.url): pg.Pool {
  const pool = createPool(url, { max: 2, applicationName: 'database spec', ...options });
  pools.push(pool);
  return pool;
}

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a pool', () => {
  test('names itself to the server and bounds its statements', async () => {
    const pool = open({ statementTimeout: 50 });
    expect((await pool.query(`SELECT current_setting('application_name') AS name`)).rows).toEqual([
      { name: 'database spec' },
    ]);
    await expect(pool.query('SELECT pg_sleep(5)')).rejects.toThrow('statement timeout');
  });

  test('waits for a connection as long as it is told and no longer', async () => {
    const pool = open({ max: 1, connectionTimeout: 50 });
    const client = await pool.connect();
    const error = await thrown(pool.query('SELECT 1'));
    client.release();
    expect(isDatabaseAway(error)).toBe(true);
  });

  test('goes on when the server ends an idle connection, and tells of it', async () => {
    const { promise: told, resolve } = Promise.withResolvers<Error>();
    const pool = open({ onIdleError: resolve });
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await open().query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
    expect(isDatabaseAway(await told)).toBe(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('a transaction', () => {
  test('is committed when the work answers, and the answer handed on', async () => {
    const pool = open();
    expect(
      await inTransaction(pool, async (client) => (await client.query('CREATE TABLE t AS SELECT 1')).rowCount),
    ).toBe(1);
    expect((await pool.query('SELECT count(*)::int AS n FROM t')).rows).toEqual([{ n: 1 }]);
  });

  test('leaves nothing when the work throws, and its connection is used again', async () => {
    const pool = open({ max: 1 });
    const failure = inTransaction(pool, async (client) => {
      await client.query('CREATE TABLE t ()');
      throw new Error('changed my mind');
    });
    await expect(failure).rejects.toThrow('changed my mind');
    expect((await pool.query(`SELECT to_regclass('t') AS t`)).rows).toEqual([{ t: null }]);
    expect(pool.totalCount).toBe(1);
  });

  test('whose connection is ended throws why, and that connection is not used again', async () => {
    const pool = open({ max: 1 });
    const error = await thrown(
      inTransaction(pool, (client) => client.query('SELECT pg_terminate_backend(pg_backend_pid())')),
    );
    expect(isDatabaseAway(error)).toBe(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('the database being away', () => {
  test('is a port or a socket where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(isDatabaseAway(await thrown(open({}, `postgres://u:p@${host}:${port}/d`).query('SELECT 1')))).toBe(true);
    }
    expect(isDatabaseAway(await thrown(open({}, 'postgres://u:p@/d?host=/nonexistent').query('SELECT 1')))).toBe(true);
  });

  test('is a listener that says nothing, or hangs up', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await Promise.all([once(silent, 'listening'), once(rude, 'listening')]);
    for (const server of [silent, rude]) {
      const pool = open(
        { connectionTimeout: 100 },
        `postgres://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/d`,
      );
      expect(isDatabaseAway(await thrown(pool.query('SELECT 1')))).toBe(true);
      server.close();
    }
  });

  test('is also what an error was caused by', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(isDatabaseAway(new Error('could not save', { cause: refused }))).toBe(true);
  });

  test('is not a wrong statement, a wrong password, a conflict, a missing file, nor anything that is no error', async () => {
    const pool = open();
    await pool.query('CREATE TABLE t (id int PRIMARY KEY)');
    const stranger = new URL(database.url);
    stranger.password = 'wrong';
    const errors = [
      await thrown(pool.query('SELEKT')),
      await thrown(pool.query('INSERT INTO t VALUES (1), (1)')),
      await thrown(open({}, stranger.href).query('SELECT 1')),
      Object.assign(new Error('no such file'), { code: 'ENOENT' }),
      undefined,
      'Connection terminated',
    ];
    expect(errors.map(isDatabaseAway)).toEqual(errors.map(() => false));
  });
});
