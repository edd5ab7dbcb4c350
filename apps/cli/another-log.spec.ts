import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshPrefix, kurrentServer } from '#event-store-kurrentdb/testing/fresh-log.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { mindet } from './testing/mindet.js';

// Processes take their time to start where the machine is busy.
jest.setTimeout(60_000);

/** A read side that was built from one log, met with another. */
describe('the command line, on KurrentDB', () => {
  let database: FreshDatabase;
  let server: Awaited<ReturnType<typeof kurrentServer>>;
  let folder: string;
  let kurrentdb: Record<string, string>;
  beforeAll(async () => {
    database = await freshDatabase();
    server = await kurrentServer();
    folder = await mkdtemp(join(tmpdir(), 'mindet-cli-'));
    kurrentdb = { EVENT_STORE: 'kurrentdb', KURRENTDB_URL: server.url, KURRENTDB_STREAM_PREFIX: freshPrefix() };
  });
  afterAll(async () => {
    await server.stop();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const run = (variables: Record<string, string>, ...args: string[]) => mindet(args, { MINDET_DATA: folder, DATABASE_URL: database.url, ...variables });
  const OTHER_LOG = /^mindet: the read side was built from another event log .*`mindet projections reset`.*\n$/;

  it('records and reads there, and builds the tables from there', async () => {
    const loaded = await run(kurrentdb, 'load', 'agendas/example.yaml');
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    expect(loaded.stdout).toMatch(/ 0 unchanged\.\n$/);
    expect((await run(kurrentdb, 'load', 'agendas/example.yaml')).stdout).toMatch(/: 0 recorded, /);
    expect(await run(kurrentdb, 'projections', 'rebuild', 'recorded-events')).toMatchObject({ code: 0 });
    expect((await run(kurrentdb, 'projections', 'list')).stdout).toMatch(/recorded-events +version 1 +live/);
  });

  it('verifies there what was built from there, and exports it', async () => {
    for (const projection of ['agendas', 'bodies', 'work', 'reports', 'moments']) {
      expect(await run(kurrentdb, 'projections', 'rebuild', projection)).toMatchObject({ code: 0 });
    }
    const verified = await run(kurrentdb, 'verify');
    expect([verified.code, verified.stderr]).toEqual([0, expect.any(String)]);
    const exported = await run(kurrentdb, 'export');
    expect(exported.code).toBe(0);
    expect(exported.stdout.split('\n').length).toBeGreaterThan(10);
  });

  it('refuses a read side that was built from another log, in one line that says what mends it', async () => {
    for (const variables of [{}, { ...kurrentdb, KURRENTDB_STREAM_PREFIX: freshPrefix() }]) {
      const { code, stdout, stderr } = await run(variables, 'projections', 'list');
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(OTHER_LOG);
    }
    expect(await run(kurrentdb, 'projections', 'list')).toMatchObject({ code: 0 });
  });

  it('empties it when asked to, so that it is built from the log that is there now', async () => {
    const reset = await run({}, 'projections', 'reset');
    expect(reset.code).toBe(0);
    expect(reset.stderr).toMatch(/^the ledger of the other log is kept in the schema ledger_until_\d{14}\n$/);
    expect(await run({}, 'projections', 'reset')).toMatchObject({ code: 0, stderr: '' });
    expect((await run({}, 'projections', 'list')).stdout).toMatch(/^agendas +version \d+ +absent +at 0, 0 behind$/m);
    expect((await run(kurrentdb, 'projections', 'list')).stderr).toMatch(OTHER_LOG);
  });

  it('tells in one line of a server that is not there', async () => {
    const { code, stdout, stderr } = await run({ ...kurrentdb, KURRENTDB_URL: 'kurrentdb://u:secret@127.0.0.1:1?tls=false' }, 'projections', 'list');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^mindet: KURRENTDB_URL: no server can be reached at 127\.0\.0\.1:1: .*\n$/);
    expect(stderr).not.toContain('secret');
  });
});
