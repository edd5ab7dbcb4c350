import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { startProgram } from '#platform/testing/program.js';
import { requestRebuild } from '#projections/rebuild-requests.js';
import { registry } from '#projections/registry.js';
import { running, until } from '#projections/testing/running.js';
import { projectedPosition } from '#projections/status.js';
import { keepVerifications } from './keep-verifications.js';
import { askFor, differencesFound, findVerification, listVerifications, type Verification } from './records.js';
import { opened, record, recordedService } from './testing/recorded-service.js';

jest.setTimeout(60_000);

const NOW = new Date('2024-06-01T09:00:00.000Z');
const clock = () => NOW;
const ASKER = { subject: 'auditor', role: 'auditor' };

describe('keepVerifications', () => {
  let model: FreshDatabase;
  let database: FreshDatabase;
  let service: ReturnType<typeof opened>;
  let keepers: { stop(): Promise<void>; troubles: unknown[] }[];
  beforeAll(async () => {
    model = await recordedService();
  });
  afterAll(() => model.drop());
  beforeEach(async () => {
    database = await freshDatabase(model);
    service = opened(database.url);
    keepers = [];
  });
  afterEach(async () => {
    await Promise.all(keepers.map(({ stop }) => stop()));
    await service.close();
    await database.drop();
  });

  /** A process's worth of keeping, on a pool of its own. */
  function keeping(store: EventStore = service.store) {
    const db = createPool(database.url, { max: 3, applicationName: 'mindet spec keeper' });
    const ending = new AbortController();
    const troubles: unknown[] = [];
    const patience = { first: 5, longest: 20 };
    const ended = keepVerifications({ db, store, projections: registry, clock, ending: ending.signal, onTrouble: (error) => troubles.push(error), patience });
    const keeper = {
      troubles,
      async stop() {
        ending.abort();
        await ended;
        if (!db.ended) await db.end();
      },
    };
    keepers.push(keeper);
    return keeper;
  }

  const ask = async (position?: string) => (await askFor(service.db, position ?? (await service.store.head()), ASKER, clock)).id;

  async function ended(id: string): Promise<Verification> {
    let found: Verification | undefined;
    await until(async () => ['done', 'failed'].includes((found = await findVerification(service.db, id))!.state));
    return found!;
  }

  const schemasApart = async () => (await service.db.query(`select nspname from pg_namespace where starts_with(nspname, 'read_')`)).rows;

  it('carries out what is asked for, and keeps what it found with who asked and when', async () => {
    keeping();
    const first = await ended(await ask());
    expect(first).toMatchObject({
      state: 'done', position: '38', askedBy: ASKER, askedAt: NOW.toISOString(), endedAt: NOW.toISOString(),
      differenceCount: 0, lookedAt: { events: 38, leaves: 38 }, failure: null, progress: null,
    });
    await service.db.query(`update read.body set kind = 'forces' where id = 'ksopn'`);
    const second = await ended(await ask());
    expect(second).toMatchObject({ state: 'done', differenceCount: 1 });
    expect(await differencesFound(service.db, second.id)).toMatchObject([{ table: 'body', column: 'kind', served: 'forces', rebuilt: 'council' }]);
    expect((await listVerifications(service.db, 10)).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(await schemasApart()).toEqual([]);
  });

  it('is done by one process at a time, however many keep them', async () => {
    const ids = [await ask(), await ask(), await ask()];
    let reading = 0;
    let most = 0;
    const watched: EventStore = {
      ...service.store,
      async readAll(after, limit) {
        if (after === '0') most = Math.max(most, (reading += 1));
        const events = await service.store.readAll(after, limit);
        if (after === '0') reading -= 1;
        return events;
      },
    };
    const both = [keeping(watched), keeping(watched)];
    for (const id of ids) expect(await ended(id)).toMatchObject({ state: 'done', differenceCount: 0 });
    expect(most).toBe(1);
    expect(both.flatMap(({ troubles }) => troubles)).toEqual([]);
  });

  it('raises no false alarm while the service writes and tables are rebuilt and swapped', async () => {
    const runner = running(database.url, service.store, registry);
    keeping();
    let writing = true;
    const writes = (async () => {
      for (let n = 1; writing; n += 1) {
        const bodyId = `body-${n}`;
        const actor = { subject: 'secretary', role: 'secretariat' } as const;
        const registered = { type: 'BodyRegistered', data: { bodyId, kind: 'council', names: { ru: bodyId } } } as const;
        await record(service.store, { events: [registered], stream: `body-${bodyId}`, actor });
        if (n % 5 === 0) for (const { name } of registry) await requestRebuild(service.db, name);
      }
    })();
    try {
      for (let round = 0; round < 8; round += 1) {
        const verification = await ended(await ask(await projectedPosition(service.db, registry)));
        expect([verification.failure, await differencesFound(service.db, verification.id)]).toEqual([null, []]);
      }
    } finally {
      writing = false;
      await writes;
      await runner.stop();
    }
    const { rows } = await service.db.query<{ id: string }>('select max(id) as id from read.projection');
    // Tables have taken the place of others meanwhile, beside those of the verifications.
    expect(Number(rows[0]!.id)).toBeGreaterThan(9 * registry.length);
    expect(runner.troubles).toEqual([]);
  });

  it('takes up what a process that was killed did not end, and tidies up after it', async () => {
    const id = await ask();
    const child = startProgram('libs/verification/testing/stuck-keeper.ts', [], { DATABASE_URL: database.url });
    await child.said(/in the middle/);
    expect(await findVerification(service.db, id)).toMatchObject({ state: 'running' });
    expect(await schemasApart()).toHaveLength(registry.length);
    child.signal('SIGKILL');
    await child.ended;
    keeping();
    expect(await ended(id)).toMatchObject({ state: 'done', differenceCount: 0 });
    expect(await schemasApart()).toEqual([]);
  });

  it('leaves what it is asked to end in the middle of to the next', async () => {
    const id = await ask();
    let reached = (): void => {};
    const inTheMiddle = new Promise<void>((resolve) => (reached = resolve));
    const release = new AbortController();
    const slow: EventStore = {
      ...service.store,
      async readAll(after, limit) {
        reached();
        await new Promise((resolve) => release.signal.addEventListener('abort', resolve));
        return service.store.readAll(after, limit);
      },
    };
    const keeper = keeping(slow);
    await inTheMiddle;
    const stopped = keeper.stop();
    release.abort();
    await stopped;
    expect(await findVerification(service.db, id)).toMatchObject({ state: 'running', failure: null });
    expect(await schemasApart()).toEqual([]);
    keeping();
    expect(await ended(id)).toMatchObject({ state: 'done' });
  });

  it('gives up what fails each time, says why, and goes on with the next', async () => {
    const [first, second] = [await ask(), await ask('0')];
    const broken: EventStore = { ...service.store, readAll: (after, limit) => (broke ? Promise.reject(new Error('the log is away')) : service.store.readAll(after, limit)) };
    let broke = true;
    const { troubles } = keeping(broken);
    expect(await ended(first)).toMatchObject({ state: 'failed', failure: 'the log is away', differenceCount: null, endedAt: NOW.toISOString() });
    broke = false;
    expect(await ended(second)).toMatchObject({ state: 'done', differenceCount: 0 });
    expect(troubles.length).toBeGreaterThanOrEqual(5);
  });

  it('tells how far it is', async () => {
    const id = await ask();
    const holder = await service.db.connect();
    // The tables cannot be compared as long as another has them for itself.
    await holder.query('begin; lock table read.body in access exclusive mode');
    keeping();
    await until(async () => (await findVerification(service.db, id))!.progress !== null);
    expect((await findVerification(service.db, id))!).toMatchObject({ state: 'running', progress: { phase: 'replay', position: '38', percent: 80 } });
    await holder.query('commit');
    holder.release();
    expect(await ended(id)).toMatchObject({ state: 'done', progress: null });
  });
});
