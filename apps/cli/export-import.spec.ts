import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeCheckpoint } from '#ledger/checkpoints.js';
import { verifier, verifierLine } from '#ledger/signed-note.js';
import { extend, readTree } from '#ledger/tree-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { mindet } from './testing/mindet.js';

describe('a log that is exported and imported', () => {
  let origin: FreshDatabase;
  let copy: FreshDatabase;
  let folder: string;
  let key: string;
  let lines: string[];
  const file = (name: string) => join(folder, name);
  const on = (database: FreshDatabase, ...args: string[]) => mindet(args, { MINDET_DATA: folder, DATABASE_URL: database.url });

  beforeAll(async () => {
    [origin, copy, folder] = [await freshDatabase(), await freshDatabase(), await mkdtemp(join(tmpdir(), 'mindet-export-'))];
    expect(await on(origin, 'load', 'agendas/example.yaml')).toMatchObject({ code: 0 });
    const db = createPool(origin.url, { max: 2, applicationName: 'test' });
    const store = postgresEventStore(db);
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const signer = { ...verifier('mindet.example/log', publicKey, 'log'), privateKey };
    key = verifierLine(signer);
    const events = await store.readAll('0', 1_000);
    await extend(db, await readTree(db), events.slice(0, -1));
    await makeCheckpoint(db, [signer], () => new Date());
    await store.close();
    await db.end();
  });
  afterAll(async () => {
    await Promise.all([origin.drop(), copy.drop(), rm(folder, { recursive: true })]);
  });

  async function query<T extends object>(database: FreshDatabase, sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const eventsOf = (database: FreshDatabase) =>
    query(database, `select position, stream, revision, id, type, data::jsonb, metadata::jsonb, recorded_at from event_store.events order by position`);

  it('is written with a checkpoint exactly as far as that covers it, and it is recorded who did', async () => {
    const { code, stdout } = await on(origin, 'export', '--out', file('covered.ndjson'), '--checkpoint', file('checkpoint'));
    expect([code, stdout]).toEqual([0, '']);
    expect(await on(origin, 'verify-export', file('covered.ndjson'), '--checkpoint', file('checkpoint'), '--key', key)).toMatchObject({ code: 0 });
    expect(await query(origin, 'select door, role from access.read')).toEqual([{ door: 'mindet export', role: 'operator' }]);
  });

  it('is written to the standard output where no file is named', async () => {
    const { code, stdout } = await on(origin, 'export');
    expect(code).toBe(0);
    lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBe((await readFile(file('covered.ndjson'), 'utf8')).trimEnd().split('\n').length + 1);
    expect(stdout.startsWith(await readFile(file('covered.ndjson'), 'utf8'))).toBe(true);
    await writeFile(file('whole.ndjson'), stdout);
  });

  const tampered: [string, (lines: string[]) => string[], RegExp][] = [
    ['an event dropped from a stream', (all) => all.filter((line) => !line.includes('"type":"PriorityProposed"')), /^error: line \d+: its revision in priority-\S+ is 1, after -1/],
    ['two events swapped', ([a, b, ...rest]) => [b!, a!, ...rest], /^error: line 2: its position, 1, does not come after 2/],
    ['an event twice', ([a, ...rest]) => [a!, a!, ...rest], /^error: line 2: its position/],
    ['an event that is not canonical', ([a, ...rest]) => [a!.replace('{', '{ '), ...rest], /^error: line 1: it is not the canonical form/],
    ['an attribute more', ([a, ...rest]) => [a!.replace(/}$/, ',"zzz":1}'), ...rest], /^error: line 1: it is not the canonical form/],
    ['an unknown event', (all) => all.map((line) => line.replace('"AgendaOpened"', '"AgendaOpenex"')), /^error: line \d+: AgendaOpenex is not known/],
    ['data of another shape', (all) => all.map((line) => line.replace(/"kind":"[a-z-]+"/, '"kind":"fish"')), /^error: line 1: BodyRegistered is not known, or says nothing/],
    ['what is not JSON', (all) => [...all, 'x'], /^error: line \d+: it is not JSON/],
    ['a revision left out', (all) => all.map((line) => line.replace('"streamrevision":1,', '"streamrevision":7,')), /its revision in \S+ is 7, after 0/],
  ];
  it.each(tampered)('is not imported with %s, nor is any of it', async (_case, tamper, complaint) => {
    await writeFile(file('tampered.ndjson'), `${tamper(lines).join('\n')}\n`);
    const { code, stdout, stderr } = await on(copy, 'import', file('tampered.ndjson'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(complaint);
    expect(stderr).toContain('Nothing was imported.');
    expect(await eventsOf(copy)).toEqual([]);
  });

  it('is not imported where it is not what the checkpoint was signed for', async () => {
    const words = lines.slice(0, -1).map((line) => line.replace('Shared waters', 'Shared vaters'));
    await writeFile(file('tampered.ndjson'), `${words.join('\n')}\n`);
    const verified = ['--checkpoint', file('checkpoint'), '--key', key];
    expect(await on(copy, 'import', file('tampered.ndjson'), ...verified)).toMatchObject({ code: 1, stderr: expect.stringContaining('an event is not what it was when the checkpoint was signed') });
    expect(await on(copy, 'import', file('whole.ndjson'), ...verified)).toMatchObject({ code: 1, stderr: expect.stringContaining('the checkpoint covers') });
    expect(await on(copy, 'import', file('whole.ndjson'), '--key', key)).toMatchObject({ code: 1, stderr: expect.stringContaining('go together') });
    expect(await eventsOf(copy)).toEqual([]);
  });

  it('is the same log where it was imported: every event as it was, and the very bytes when it is exported again', async () => {
    expect(await on(copy, 'import', file('covered.ndjson'), '--checkpoint', file('checkpoint'), '--key', key)).toEqual({ code: 0, stdout: `${lines.length - 1} events are imported.\n`, stderr: '' });
    expect(await eventsOf(copy)).toEqual((await eventsOf(origin)).slice(0, -1));
    expect((await on(copy, 'export')).stdout).toBe(await readFile(file('covered.ndjson'), 'utf8'));
  });

  it('goes on after the last event that was imported, and takes no second import', async () => {
    expect(await on(copy, 'import', file('whole.ndjson'))).toMatchObject({ code: 1, stderr: expect.stringContaining('the log has events already') });
    expect((await on(copy, 'load', 'agendas/example.yaml')).stdout).toMatch(/: 1 recorded, \d+ unchanged/);
    expect(await query(copy, 'select max(position)::int, count(*)::int from event_store.events')).toEqual([{ max: lines.length, count: lines.length }]);
  });
});
