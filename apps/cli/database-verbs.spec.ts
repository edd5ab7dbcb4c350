import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { JsonObject } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { mindet } from './testing/mindet.js';

const AGENDA = 'agendas/example.yaml';

/** The verbs in the order in which an operator needs them, on one database. */
describe('the command line, on a database', () => {
  let database: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mindet-cli-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]) => mindet(args, { MINDET_DATA: folder, DATABASE_URL: database.url });

  async function query<T extends object>(sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const eventCount = async () => (await query<{ count: number }>('select count(*)::int from event_store.events'))[0]!.count;

  /** The example with a change, in a file of its own. */
  async function changed(name: string, from: string, to: string): Promise<string> {
    const text = await readFile(AGENDA, 'utf8');
    expect(text).toContain(from);
    const path = join(folder, name);
    await writeFile(path, text.replace(from, to));
    return path;
  }

  describe('migrate', () => {
    it('makes the schemas, and a second time finds them made', async () => {
      for (const _time of ['first', 'second']) {
        expect(await run('migrate')).toEqual({ code: 0, stdout: 'The schemas are up to date.\n', stderr: '' });
      }
      expect(await eventCount()).toBe(0);
    });

    it('says in a line that the database is away', async () => {
      const { code, stdout, stderr } = await mindet(['migrate'], { MINDET_DATA: folder, DATABASE_URL: 'postgresql://mindet@127.0.0.1:1/mindet' });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^mindet: DATABASE_URL: .*ECONNREFUSED.*\n$/);
    });
  });

  describe('load', () => {
    const recordedIn = (stdout: string) => Number(/(\d+) (?:would be )?recorded/.exec(stdout)?.[1]);

    it('shows in a dry run what it would record, and records nothing', async () => {
      const { code, stdout, stderr } = await run('load', '--dry-run', AGENDA);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toContain('OpenAgenda example-2030\n');
      expect(recordedIn(stdout)).toBeGreaterThan(10);
      expect(await eventCount()).toBe(0);
    });

    it('records an agenda, and a second time nothing', async () => {
      const first = await run('load', AGENDA);
      expect([first.code, first.stderr]).toEqual([0, '']);
      const count = await eventCount();
      expect([count, recordedIn(first.stdout)]).toEqual([count, count]);
      const second = await run('load', AGENDA);
      expect(second).toEqual({ code: 0, stdout: `${count} steps: 0 recorded, ${count} unchanged.\n`, stderr: '' });
      expect(await eventCount()).toBe(count);
    });

    it('fails where the file says other than what stands, and changes nothing', async () => {
      const count = await eventCount();
      const path = await changed('other.yaml', 'ru: Совместное использование вод,', 'ru: Иное,');
      for (const flags of [['--dry-run'], []]) {
        const { code, stdout } = await run('load', ...flags, path);
        expect(code).toBe(1);
        expect(stdout).toContain('differs   ProposePriority example-2030.1');
        expect(stdout).toContain('1 stand otherwise than the file has them');
      }
      expect(await eventCount()).toBe(count);
    });

    it('places every fault of a file by line and column, and records nothing', async () => {
      const count = await eventCount();
      const path = await changed('faulty.yaml', 'chair: XA\n', 'chair: Kazakhstan\ncolour: blue\n');
      const { code, stdout, stderr } = await run('load', path);
      expect([code, stdout]).toEqual([1, '']);
      const lines = stderr.trimEnd().split('\n');
      expect(lines).toHaveLength(2);
      expect(lines.filter((line) => line.startsWith(`mindet: ${path}:8:`))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith(`mindet: ${path}:9:1`))).toHaveLength(1);
      expect(await eventCount()).toBe(count);
    });

    it('says in a line that there is no such file', async () => {
      const { code, stdout, stderr } = await run('load', join(folder, 'absent.yaml'));
      expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^mindet: .*absent\.yaml.*\n$/)]);
    });
  });

  describe('projections', () => {
    it('list tells how far each is', async () => {
      const { code, stdout, stderr } = await run('projections', 'list');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.trimEnd().split('\n').map((line) => line.split(/\s+/)[0])).toEqual(['agendas', 'bodies', 'work', 'reports', 'editions', 'moments']);
      expect(stdout).toContain(`at 0, ${await eventCount()} behind`);
    });

    it('rebuild builds one anew from the log, without the service', async () => {
      const { code, stdout } = await run('projections', 'rebuild', 'work');
      expect([code, stdout]).toEqual([0, 'work is built anew.\n']);
      expect(await query(`select id, title->>'en' as title from read.priority`)).toContainEqual({ id: 'example-2030.1', title: 'Shared waters' });
      expect((await run('projections', 'list')).stdout).toMatch(new RegExp(`^work .* live +at ${await eventCount()}, 0 behind$`, 'm'));
    });

    it('rebuild knows the projections that there are', async () => {
      const { code, stdout, stderr } = await run('projections', 'rebuild', 'fish');
      expect([code, stdout, stderr]).toEqual([1, '', 'error: there is no projection fish; there are agendas, bodies, work, reports, editions, moments\n']);
    });
  });

  describe('history', () => {
    it('tells what happened to a thing in the language asked for, without colour where there is no terminal', async () => {
      const { code, stdout, stderr } = await run('history', 'priority', 'example-2030.1', '--lang', 'en');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^event \d+ priority example-2030\.1 · 0 · PriorityProposed\nWho: {6}Chairmanship \(agenda-file\)\nHappened: /);
      expect(stdout).toContain('    Priority proposed\n');
      expect(stdout).toContain('      title (English): +Shared waters\n');
      expect(stdout).not.toContain('\u001b');
    });

    it('picks events out, and writes JSON for programs', async () => {
      const picked = async (...filter: string[]) => (await run('history', 'priority', 'example-2030.1', '--json', ...filter)).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string });
      expect(await picked('--type', 'PriorityAgreed')).toEqual([expect.objectContaining({ type: 'PriorityAgreed', label: 'Приоритет согласован' })]);
      expect((await picked('--actor', 'agenda-file', '--from', '2020-01-01')).length).toBeGreaterThan(1);
    });

    it('tells of an amended priority which acceptances lapsed, whether or not the read side had come so far', async () => {
      const place = { reportId: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', agendaId: 'example-2030', subject: 'example-2030.1', reporter: { state: 'KG' }, period: 'x' };
      const said = { delivery: 'on-track', narrative: 'Идёт', language: 'ru', textVersion: 0, submittedBy: 'x' };
      const pool = createPool(database.url, { max: 1, applicationName: 'test' });
      const store = postgresEventStore(pool);
      const happen = (stream: string, type: string, data: object) => {
        const metadata = { schemaVersion: 1, occurredOn: '2030-01-01', actor: { subject: 'x', role: 'chair' }, correlationId: 'c', causationId: 'c', commandId: 'c', commandDigest: 'd' };
        return store.append(stream, [{ id: randomId(), type, data: data as JsonObject, metadata }], 'any');
      };
      await happen(`report-${place.reportId}`, 'ProgressReported', { ...place, ...said });
      await happen(`report-${place.reportId}`, 'ReportAccepted', { ...place, textVersion: 0 });
      await happen('priority-example-2030.1', 'PriorityAmended', { priorityId: 'example-2030.1', title: { ru: 'Иное', en: 'Waters shared' } });
      await store.close();
      await pool.end();
      const { code, stdout } = await run('history', 'priority', 'example-2030.1', '--lang', 'en', '--type', 'PriorityAmended');
      expect(code).toBe(0);
      expect(stdout).toContain(`Lapsed:   the acceptance of report ${place.reportId} (Kyrgyzstan, x)`);
    });

    it.each([
      ['a thing of which nothing is known', ['priority', 'example-2030.999'], 'error: nothing is told of priority example-2030.999\n'],
      ['what happened before anything did', ['priority', 'example-2030.1', '--to', '2020-01-01'], 'error: nothing is told of priority example-2030.1\n'],
      ['a kind that there is not', ['fish', 'x'], expect.stringContaining('Allowed choices are agenda')],
      ['what is no moment', ['priority', 'example-2030.1', '--from', 'soon'], expect.stringContaining('--from')],
    ])('fails on %s', async (_case, args, complaint) => {
      const { code, stdout, stderr } = await run('history', ...args);
      expect([code, stdout, stderr]).toEqual([1, '', complaint]);
    });
  });

  describe('replay', () => {
    it('tells a stream event by event, with what each changed', async () => {
      const { code, stdout, stderr } = await run('replay', 'priority-example-2030.1');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^0 {2}PriorityProposed {2}\d{4}-\d\d-\d\d {2}agenda-file \(chair\) {2}at \d+, /);
      expect(stdout).toContain('/title/en: null → "Shared waters"');
      expect(stdout).toMatch(/^\d {2}PriorityAgreed/m);
    });

    it('stops at a position, and writes JSON for programs', async () => {
      const [proposed] = await query<{ position: string }>(`select position from event_store.events where type = 'PriorityProposed' order by position limit 1`);
      const { stdout } = await run('replay', 'priority-example-2030.1', '--at', proposed!.position, '--json');
      expect(stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toEqual([
        expect.objectContaining({ type: 'PriorityProposed', position: proposed!.position, revision: 0 }),
      ]);
    });

    it.each([
      ['a stream without events', ['priority-example-2030.999'], 'error: priority-example-2030.999 has no events\n'],
      ['what is no stream', ['fish-1'], expect.stringContaining('error: a stream’s name begins with')],
      ['what is no position', ['priority-example-2030.1', '--at', 'soon'], expect.stringContaining('--at')],
    ])('refuses %s', async (_case, args, complaint) => {
      const { code, stdout, stderr } = await run('replay', ...args);
      expect([code, stdout, stderr]).toEqual([1, '', complaint]);
    });
  });

  describe('verify', () => {
    it('says that nothing differs', async () => {
      // Only one of them was built so far.
      for (const name of ['agendas', 'bodies', 'work', 'reports', 'editions', 'moments']) expect(await run('projections', 'rebuild', name)).toMatchObject({ code: 0 });
      const count = await eventCount();
      const { code, stdout, stderr } = await run('verify');
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(new RegExp(`^Nothing differs: ${count} events, 0 leaves of the ledger and \\d+ versions of rows were compared, up to position ${count}\\.\n$`));
      expect(await query('select state, asked_by ? \'subject\' as named from verification.run')).toEqual([{ state: 'done', named: true }]);
    });

    it('names what was changed behind the back of the service, and fails', async () => {
      await query(`update read.priority set title = '{"ru": "Иное"}' where id = 'example-2030.1' and valid_to > 1000000`);
      const { code, stdout, stderr } = await run('verify');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^work: priority example-2030\.1 from position \d+ has another title \(\w+ [0-9a-f-]{36} at \d+\)\n +follows from the log: \{"en":"Waters shared".*\n +served: +\{"ru":"Иное"\}\n$/);
      expect(stderr).toMatch(/^1 differences: /);
      const json = await run('verify', '--json');
      expect([json.code, JSON.parse(json.stdout)]).toEqual([1, expect.objectContaining({ differenceCount: 1, differences: [expect.objectContaining({ table: 'priority', column: 'title' })] })]);
      expect((await run('verify', '--position', '1')).code).toBe(0);
    });

    it('refuses a position that is not served', async () => {
      const { code, stderr } = await run('verify', '--position', '100000');
      expect([code, stderr]).toEqual([2, expect.stringContaining('error: position 100000 is after')]);
    });
  });
});
