import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { openReadSide } from '#composition/open-read-side.js';
import { openStores } from '#composition/open-stores.js';
import { freshPrefix, kurrentServer } from '#event-store-kurrentdb/testing/fresh-log.js';
import { readEnvironment } from '#platform/environment.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { registry } from '#projections/registry.js';
import { mindet } from './testing/mindet.js';

// A dozen processes, one after another.
jest.setTimeout(120_000);

type Rows = Record<string, Record<string, unknown>[]>;

describe('mindet copy-log', () => {
  const prefix = freshPrefix();
  let server: Awaited<ReturnType<typeof kurrentServer>>;
  let folder: string;
  let databases: FreshDatabase[];
  const [first, second, readSide] = [0, 1, 2].map((n) => () => databases[n]!.url) as [() => string, () => string, () => string];

  beforeAll(async () => {
    databases = await Promise.all([1, 2, 3].map(() => freshDatabase()));
    server = await kurrentServer();
    folder = await mkdtemp(join(tmpdir(), 'mindet-copy-'));
    expect(await mindet(['load', 'agendas/csto-2024.yaml'], { MINDET_DATA: folder, DATABASE_URL: first() })).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all(databases.map((database) => database.drop()));
    await rm(folder, { recursive: true });
  });

  const copy = (from: string, to: string) => mindet(['copy-log', '--from', from, '--to', to], { KURRENTDB_STREAM_PREFIX: prefix });

  const rowsOf = async (url: string, select: string): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(select)).rows;
    } finally {
      await client.end();
    }
  };
  const events = (url: string) =>
    rowsOf(url, 'select position, stream, revision, id, type, data::text, metadata::text, recorded_at from event_store.events order by position');

  /** Every version of every row that a log is read as, but for the positions. */
  async function readAs(variables: Record<string, string>): Promise<Rows> {
    const stores = await openStores(readEnvironment(variables), { as: 'guest', applicationName: 'copy spec', note: () => {} });
    const closing = new AbortController();
    const side = openReadSide(stores, { projecting: true, onTrouble: (_, error) => console.error(error), closing: closing.signal });
    expect(await side.model.side.reached(await stores.store.head())).toBe(true);
    closing.abort();
    await side.close();
    await stores.close();
    const tables = registry.flatMap(({ tables }) => tables);
    return Object.fromEntries(
      await Promise.all(
        tables.map(async ({ name, key }) => [
          name,
          (await rowsOf(variables['DATABASE_URL']!, `select to_jsonb(t) - 'valid_from' - 'valid_to' as row from read.${name} t order by ${key.join(', ')}, valid_from`)).map(({ row }) => row),
        ]),
      ),
    ) as Rows;
  }

  it('carries a log to KurrentDB and back, event by event the same', async () => {
    const there = await copy(first(), server.url);
    expect([there.code, there.stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(there.stdout).toMatch(/^(\d+) events are copied; all \1 are the same in both logs/);
    expect(await copy(server.url, second())).toMatchObject({ code: 0 });
    expect(await events(second())).toEqual(await events(first()));
    expect((await copy(first(), server.url)).stdout).toMatch(/^0 events are copied/);
  });

  it('is read as the same rows wherever it stands', async () => {
    const original = await readAs({ DATABASE_URL: first() });
    expect(original['priority']!.length).toBeGreaterThanOrEqual(7);
    const onKurrentDb = { EVENT_STORE: 'kurrentdb', KURRENTDB_URL: server.url, KURRENTDB_STREAM_PREFIX: prefix, DATABASE_URL: readSide() };
    expect(await readAs(onKurrentDb)).toEqual(original);
    expect(await readAs({ DATABASE_URL: second() })).toEqual(original);
  });

  it('refuses a target that is no copy, and says in a line where it is none', async () => {
    const other = await freshDatabase();
    expect(await mindet(['load', 'agendas/example.yaml'], { MINDET_DATA: folder, DATABASE_URL: other.url })).toMatchObject({ code: 0 });
    const { code, stderr } = await copy(first(), other.url);
    expect(code).toBe(1);
    expect(stderr).toMatch(/error: event 1, [0-9a-f-]+, is another in the target: its id differs\n$/);
    await other.drop();
  });

  it.each([
    ['nonsense', 'error: --from is not an address'],
    ['mysql://x/y', 'error: --from is not an address'],
  ])('refuses what is no log: %s', async (from, complaint) => {
    const { code, stderr } = await copy(from, second());
    expect([code, stderr]).toEqual([1, expect.stringContaining(complaint)]);
  });

  it('refuses to copy a log to itself, and says in a line where there is none', async () => {
    expect((await copy(first(), first())).stderr).toContain('error: --from and --to are the same log');
    expect((await copy(first(), `${first()}?application_name=x`)).stderr).toContain('error: --from and --to are the same log');
    const { code, stderr } = await copy('postgres://u:secret@127.0.0.1:1/none', second());
    expect(code).toBe(1);
    expect(stderr).toMatch(/^mindet: 127\.0\.0\.1:1: the database cannot be used: .*\n$/);
    expect(stderr).not.toContain('secret');
  });
});
