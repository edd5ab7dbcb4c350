import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { randomId } from '#platform/ids.js';
import { insert } from './change.js';
import { text } from './column.js';
import { projection, type On } from './projection.js';
import { projectionStatus } from './status.js';
import { table } from './table.js';
import { readDatabase, rowsAt, versionsIn, type ReadDatabase } from './testing/read-database.js';
import { append, levelWith, running, until, type Running } from './testing/running.js';
import { book, reader, shelf, type Step } from './testing/shelf.js';

const visit = table('visit', { comment: 'Every event there was.', columns: { id: text() }, key: ['id'] });
const visits = projection('visits', { version: 1, tables: [visit], on: { BodyRegistered: ({ id }) => [insert(visit, { id })] } });

const put = (id: string): Step => ({ do: 'insert', shelf: 'a', id, title: id, notes: {} });
const read = (id: string): Step => ({ do: 'read', shelf: 'a', id });

describe('keeping projections up with the log', () => {
  let database: ReadDatabase;
  let store: EventStore;
  let runners: Running[];
  beforeEach(async () => {
    database = await readDatabase();
    store = inMemoryEventStore();
    runners = [];
  });
  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await database.close();
  });

  const run = (projections = [shelf, visits]): Running => {
    const runner = running(database.url, store, projections);
    runners.push(runner);
    return runner;
  };
  const level = () => levelWith(store, database.db, [shelf, visits]);
  const status = async (name: string) =>
    (await projectionStatus(database.db, store, [shelf, visits])).find((one) => one.name === name)!;
  /** The connections that keep a projection, or wait for it. */
  const keepers = async (held: boolean): Promise<number[]> => {
    const { rows } = await database.db.query<{ pid: number }>(
      `select pid from pg_stat_activity a where application_name = 'mindet projection shelf'
          and exists (select from pg_locks l where l.pid = a.pid and locktype = 'advisory' and granted) = $1`,
      [held],
    );
    return rows.map(({ pid }) => pid);
  };
  const terminate = (pids: readonly number[]) => database.db.query('select pg_terminate_backend(pid) from unnest($1::int[]) pid', [pids]);

  it('takes what is in the log, and then what comes', async () => {
    await append(store, [put('x')], [read('x')]);
    run();
    await level();
    await append(store, [read('x')]);
    await level();
    expect((await rowsAt(database.db, book, '3')).map((row) => (row as { reads: number }).reads)).toEqual([2]);
    expect(await rowsAt(database.db, visit, '3')).toHaveLength(3);
  });

  it('passes over types that it does not know, and is then level with the log', async () => {
    run();
    await store.append('other', [{ id: randomId(), type: '__proto__', data: {}, metadata: {} }], 'any');
    await store.append('other', [{ id: randomId(), type: 'OfAnotherRelease', data: {}, metadata: {} }], 'any');
    await level();
    expect(await status('shelf')).toMatchObject({ position: '2', head: '2', lag: 0, state: 'live' });
  });

  it('has one reader of each projection, and another takes over when the connection that keeps it dies', async () => {
    run();
    run();
    await until(async () => (await keepers(true)).length === 1 && (await keepers(false)).length === 1);
    const [first] = await keepers(true);
    await append(store, [put('x')]);
    await level();
    await terminate([first!]);
    await until(async () => {
      const [second, ...others] = await keepers(true);
      return second !== undefined && second !== first && others.length === 0;
    });
    await append(store, [read('x')]);
    await level();
    expect((await rowsAt(database.db, book, '2')).map((row) => (row as { reads: number }).reads)).toEqual([1]);
  });

  it('loses nothing and doubles nothing, however often connections die and readers change', async () => {
    await append(store, [put('x')]);
    run();
    run();
    for (let round = 0; round < 15; round += 1) {
      await append(store, ...Array.from({ length: 40 }, () => [read('x')]));
      // Whatever is connected, in the midst of whatever it does.
      await database.db.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and application_name like any (array['mindet spec runner', 'mindet projection %'])`,
      );
    }
    await level();
    const { book: versions } = await versionsIn(database.db, shelf);
    expect(versions!.map((version) => (version as { reads: number }).reads)).toEqual(Array.from({ length: 601 }, (_, reads) => reads));
    expect(await rowsAt(database.db, visit, '601')).toHaveLength(601);
  }, 60_000);

  it('goes on where it was when it is started again', async () => {
    await append(store, [put('x')]);
    const first = run();
    await level();
    await first.stop();
    runners = [];
    await append(store, [read('x')]);
    run();
    await level();
    expect(await versionsIn(database.db, shelf)).toMatchObject({ book: [{ reads: 0, valid_to: 2 }, { reads: 1, valid_from: 2 }] });
  });

  it('stands still at an event that it cannot take and names it, while the others go on', async () => {
    await append(store, [put('x')], [{ do: 'fail' }], [read('x')]);
    const runner = run();
    const stalledAt = async (position: string): Promise<boolean> => {
      const { state, position: reached } = await status('shelf');
      return state === 'stalled' && reached === position;
    };
    await until(async () => (await stalledAt('1')) && (await status('visits')).position === '3');
    const [, failing] = await store.readAll('0', 2);
    expect(await status('shelf')).toMatchObject({
      lag: 2,
      stalled: { position: '2', eventId: failing!.id, error: 'this event cannot be taken' },
    });
    await append(store, [put('y')]);
    await until(async () => (await status('visits')).position === '4');
    await until(() => stalledAt('1'));
    expect(runner.troubles.every(({ projection }) => projection === 'shelf')).toBe(true);
  });

  it('takes the event once the map is mended, and skips none', async () => {
    await append(store, [put('x')], [{ do: 'fail' }], [read('x')]);
    const broken = run();
    await until(async () => (await status('shelf')).state === 'stalled');
    await broken.stop();
    runners = [];
    const mended = {
      ...shelf,
      on: { BodyRegistered: (event) => (event.position === '2' ? [insert(reader, { id: 'mended' })] : shelf.on.BodyRegistered!(event)) } as On,
    };
    run([mended, visits]);
    await level();
    expect(await status('shelf')).toMatchObject({ position: '3', state: 'live', stalled: null });
    expect(await rowsAt(database.db, reader, '2')).toEqual([{ id: 'mended', name: null }]);
    expect(await rowsAt(database.db, book, '3')).toMatchObject([{ id: 'x', reads: 1 }]);
  });

  it('names the one event of a batch whose row the database refuses', async () => {
    await append(store, [put('x')], [put('y')], [{ ...put('z'), notes: null } as Step], [put('w')]);
    run();
    await until(async () => (await status('shelf')).stalled?.position === '3');
    expect(await status('shelf')).toMatchObject({ position: '2', stalled: { position: '3', error: expect.stringContaining('notes') } });
    expect(await rowsAt(database.db, book, '2')).toHaveLength(2);
  });

  it('does not keep the others waiting for one that has the whole log before it', async () => {
    run([visits]);
    await append(store, ...Array.from({ length: 30 }, () => [put('x')]));
    await until(async () => (await status('visits')).position === '30');
    run();
    await level();
    expect(await rowsAt(database.db, book, '30')).toHaveLength(1);
  });
});
