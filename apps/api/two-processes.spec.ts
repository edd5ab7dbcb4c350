import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TokenRequest } from '#access/issue-token.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { mortalService, survivingClient, type MortalService, type SurvivingClient } from './testing/surviving-client.js';

const WRITERS = 8;
/** A bound for a run in which the processes never come back. */
const MOST_ROUNDS = 1_000;
const STATES = ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'];
/** The one priority that every writer amends, so that the processes race on its stream. */
const SHARED = 'race.9999';

type Acknowledged = { readonly key: string; readonly id: string; readonly revision: number; readonly position: string; readonly title?: string };
type Logged = { readonly position: string; readonly id: string; readonly stream: string; readonly revision: number; readonly key: string };

const chair: TokenRequest = { role: 'chair' };
const liaison = (writer: number): TokenRequest => ({ role: 'liaison', state: STATES[writer % STATES.length]!, sub: `liaison-${writer}` });

describe('two processes of the service, killed and started again under eight writers and a live reader', () => {
  let database: FreshDatabase;
  let folder: string;
  let services: MortalService[];
  let client: SurvivingClient;
  /** In the order in which the answers came. */
  const acknowledged: Acknowledged[] = [];
  const progress = new EventEmitter();
  const seen: { position: string; id: string }[] = [];
  let log: Logged[];

  async function command(writer: number, method: string, path: string, actor: TokenRequest, content: { title?: { ru: string } }) {
    const key = `${writer}-${acknowledged.length}-${method}-${path}`;
    const answer = (await client.send(writer, method, path, actor, content, key)) as Omit<Acknowledged, 'key'>;
    acknowledged.push({ ...answer, key, ...(content.title && { title: content.title.ru }) });
    progress.emit('acknowledged');
    return answer;
  }

  /** Resolves when so many commands more are acknowledged, the next ones being in flight. */
  async function acknowledgedMore(count: number): Promise<void> {
    const enough = acknowledged.length + count;
    while (acknowledged.length < enough) await once(progress, 'acknowledged');
  }

  async function openAgenda(): Promise<void> {
    await command(0, 'POST', '/v1/agendas', chair, {
      id: 'race',
      organisation: 'CSTO',
      chair: 'KZ',
      title: { ru: 'Гонка' },
      term: { from: '2024-01-01', to: '2024-12-31' },
      memberStates: STATES,
      reportingPeriods: [{ id: '2024', from: '2024-01-01', to: '2024-12-31', due: '2025-01-15' }],
    } as object);
    await command(0, 'POST', '/v1/agendas/race/priorities', chair, proposal(Number(SHARED.split('.')[1]), 'Общий'));
  }

  async function write(writer: number, enough: AbortSignal): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS && !enough.aborted; round += 1) {
      const number = 1 + writer + WRITERS * round;
      const path = `/v1/priorities/race.${number}`;
      await command(writer, 'POST', '/v1/agendas/race/priorities', chair, proposal(number, `Приоритет ${number}`));
      const title = { ru: `Приоритет ${number}, уточнённый` };
      const { position } = await command(writer, 'PATCH', path, chair, { title });
      await command(writer, 'PATCH', `/v1/priorities/${SHARED}`, chair, { title: { ru: `Общий: ${number}` } });
      const report = { period: '2024', delivery: 'on-track', narrative: 'Работа идёт.', language: 'ru' };
      await command(writer, 'POST', `${path}/reports`, liaison(writer), report as object);
      expect(await client.get(writer, `${path}?minPosition=${position}`, chair)).toMatchObject({ title: title.ru });
    }
  }

  async function killEach(): Promise<void> {
    for (const service of services) {
      await acknowledgedMore(100);
      await service.killAndStart();
    }
    await acknowledgedMore(100);
  }

  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mindet-two-'));
    const environment = { DATABASE_URL: database.url, MINDET_DATA: folder, AGENDA: 'none', LOG_LEVEL: 'silent' };
    services = [mortalService(environment), mortalService(environment)];
    client = survivingClient(services, folder);
    await openAgenda();

    const leaving = new AbortController();
    const following = client.follow((event) => {
      seen.push(event);
      progress.emit('seen');
    }, leaving.signal);
    const enough = new AbortController();
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, enough.signal)));
    await Promise.race([killEach(), writing]);
    enough.abort();
    await writing;

    log = await readLog(database.url);
    while (seen.length < log.length) await Promise.race([once(progress, 'seen'), following]);
    leaving.abort();
    await following;
  }, 60_000);

  afterAll(async () => {
    await Promise.all(services.map((service) => service.end()));
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('log every acknowledged command once, where its answer said, and nothing else', () => {
    const logged = log.map(({ key, position, revision }) => ({ key, position, revision }));
    const told = acknowledged.toSorted(byPosition).map(({ key, position, revision }) => ({ key, position, revision }));
    expect(logged.length).toBeGreaterThan(300);
    expect(logged).toEqual(told);
  });

  it('leave no gap in the positions of the log, nor in the revisions of a stream', () => {
    expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
    for (const events of Map.groupBy(log, ({ stream }) => stream).values()) {
      expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
    }
  });

  it('show a live reader that comes back every event once, in order', () => {
    expect(seen).toEqual(log.map(({ position, id }) => ({ position, id })));
  });

  it.each([0, 1])('serve all of it from the read side (process %i)', async (n) => {
    const { position } = log.at(-1)!;
    const told = acknowledged.toSorted(byPosition).filter(({ id }) => id.startsWith('race.'));
    const last = new Map(told.map(({ id, title, revision }) => [id, { id, title, revision }]));
    const agenda = (await client.get(n, `/v1/agendas/race?minPosition=${position}`, chair)) as { priorities: Acknowledged[] };
    const served = agenda.priorities.map(({ id, title, revision }) => ({ id, title, revision }));
    expect(served.toSorted(byId)).toEqual([...last.values()].toSorted(byId));
  });

  it.each([0, 1])('serve every acknowledged report (process %i)', async (n) => {
    const reports = acknowledged.filter(({ id }) => UUID.test(id)).map(({ id }) => id);
    const served: string[] = [];
    for (let more = ''; ; ) {
      const path = `/v1/reports?agenda=race&limit=500&minPosition=${log.at(-1)!.position}${more}`;
      const page = (await client.get(n, path, { role: 'secretariat' })) as { items: { id: string }[]; next?: string };
      served.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      more = `&cursor=${page.next}`;
    }
    expect(served.toSorted()).toEqual(reports.toSorted());
  });
});

const UUID = /^[0-9a-f-]{36}$/;
const proposal = (number: number, title: string): object => ({ number, title: { ru: title } });
const byPosition = (a: { position: string }, b: { position: string }): number => Number(a.position) - Number(b.position);
const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

async function readLog(url: string): Promise<Logged[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Logged>(
      `select position, id, stream, revision, metadata->>'correlationId' as key from event_store.events order by position`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
