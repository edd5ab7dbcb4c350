import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { integer, text } from './column.js';
import { insert } from './change.js';
import { beginAside, livePlace, swapIn } from './places.js';
import { projection, type On } from './projection.js';
import { requestRebuild } from './rebuild-requests.js';
import { projectionStatus } from './status.js';
import { table } from './table.js';
import { readDatabase, rowsAt, versionsIn, type ReadDatabase } from './testing/read-database.js';
import { append, levelWith, running, until, type Running } from './testing/running.js';
import { book, shelf, type Step } from './testing/shelf.js';

const put = (id: string): Step => ({ do: 'insert', shelf: 'a', id, title: id, notes: { id } });
const read = (id: string): Step => ({ do: 'read', shelf: 'a', id });
const take = (id: string): Step => ({ do: 'remove', shelf: 'a', id });

const visitor = table('visitor', { comment: 'Who came last.', columns: { id: text(), position: integer() }, key: ['id'] });

/** Another release's shelves, with visitors instead of readers. */
const widened = projection('shelf', {
  version: 2,
  tables: [book, visitor],
  on: {
    BodyRegistered: (event) => [
      ...shelf.on.BodyRegistered!(event).filter((change) => change.table === book),
      insert(visitor, { id: 'last', position: Number(event.position) }),
    ],
  },
});

describe('building a projection anew', () => {
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

  const run = (projections = [shelf]): Running => {
    const runner = running(database.url, store, projections);
    runners.push(runner);
    return runner;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.stop()));
    runners = [];
  };
  const level = () => levelWith(store, database.db, [shelf]);
  const servedBuild = async (): Promise<string | undefined> => {
    const { rows } = await database.db.query<{ id: string }>(`select id from read.projection where name = 'shelf' and schema = 'read'`);
    return rows[0]?.id;
  };
  const rebuilt = async (): Promise<void> => {
    const before = await servedBuild();
    await requestRebuild(database.db, 'shelf');
    await until(async () => (await servedBuild()) !== before);
  };

  it('gives the same rows, every past version among them', async () => {
    await append(store, [put('x')], [put('y'), read('x')], [take('x')], [put('x')], [read('y'), read('y')], [{ do: 'greet', id: '1', name: 'A' }]);
    run();
    await level();
    await append(store, [read('x')], [put('z')]);
    await level();
    const before = await versionsIn(database.db, shelf);
    await rebuilt();
    expect(await versionsIn(database.db, shelf)).toEqual(before);
    await append(store, [read('z')]);
    await level();
    expect((await rowsAt(database.db, book, '9')).map((row) => (row as { reads: number }).reads)).toEqual([1, 2, 1]);
  });

  it('mends rows that were changed behind its back', async () => {
    await append(store, [put('x')]);
    run();
    await level();
    await database.db.query(`update read.book set title = 'forged'`);
    await rebuilt();
    expect(await rowsAt(database.db, book, '1')).toMatchObject([{ title: 'x' }]);
  });

  it('is never seen by readers: none fails, none finds rows missing, and the present never goes back', async () => {
    await append(store, ...Array.from({ length: 50 }, (_, index) => [put(`x${index}`)]));
    run();
    await level();
    const done = new AbortController();
    const reading = Promise.all(
      Array.from({ length: 3 }, async () => {
        let [reads, last] = [0, 50];
        for (; !done.signal.aborted; reads += 1) {
          const { rows } = await database.db.query<{ position: string; past: string; present: string }>(
            `select position, (select count(*) from read.book_at(50)) as past, (select sum(reads) + count(*) from read.book_at(position) b where shelf = 'a') as present
               from read.projection where name = 'shelf' and schema = 'read'`,
          );
          const { position, past, present } = rows[0]!;
          expect({ past, present }).toEqual({ past: '50', present: position });
          expect(Number(position)).toBeGreaterThanOrEqual(last);
          last = Number(position);
        }
        return reads;
      }),
    );
    for (let round = 0; round < 5; round += 1) {
      await append(store, ...Array.from({ length: 40 }, () => [read('x7')]));
      await rebuilt();
    }
    await level();
    done.abort();
    expect(Math.min(...(await reading))).toBeGreaterThan(10);
    expect(await servedBuild()).not.toBe('1');
  }, 60_000);

  it('begins by itself where the declaration is another, and the old tables serve meanwhile', async () => {
    await append(store, [put('x')], [{ do: 'greet', id: '1', name: 'A' }]);
    run();
    await level();
    await stop();
    run([widened]);
    await until(async () => (await projectionStatus(database.db, store, [widened]))[0]!.state === 'live' && (await servedBuild()) !== '1');
    expect(await rowsAt(database.db, visitor, '2')).toEqual([{ id: 'last', position: 2 }]);
    expect(await rowsAt(database.db, book, '2')).toMatchObject([{ id: 'x' }]);
    await expect(database.db.query('select from read.reader')).rejects.toMatchObject({ code: '42P01' });
    await expect(database.db.query('select from read.reader_at(1)')).rejects.toMatchObject({ code: '42883' });
  });

  it('begins again where the process died in the midst of it', async () => {
    await append(store, [put('x')], [read('x')]);
    run();
    await level();
    await stop();
    // As such a process leaves it.
    await requestRebuild(database.db, 'shelf');
    await beginAside(database.db, shelf);
    await database.db.query(`insert into read_rebuild_shelf.reader values ('left behind', null, 1, 9, true)`);
    run();
    await until(async () => {
      const { rows } = await database.db.query('select from read.rebuild_request');
      return rows.length === 0;
    });
    expect(await versionsIn(database.db, shelf)).toMatchObject({ reader: [], book: [{ reads: 0 }, { reads: 1 }] });
    const { rows } = await database.db.query(`select from pg_namespace where nspname like 'read_rebuild%'`);
    expect(rows).toEqual([]);
  });

  it('never puts tables in place that are behind those that serve', async () => {
    await append(store, [put('x')]);
    run();
    await level();
    await stop();
    const aside = await beginAside(database.db, shelf);
    expect(await swapIn(database.db, shelf, aside)).toBe(false);
    expect(await rowsAt(database.db, book, '1')).toMatchObject([{ id: 'x' }]);
    expect((await livePlace(database.db, shelf)).position).toBe('1');
  });

  it('stands still at an event that it cannot take, while the old tables go on', async () => {
    await append(store, [put('x')], [put('y')]);
    run();
    await level();
    await stop();
    const broken = { ...widened, on: { BodyRegistered: (event) => (event.position === '2' ? failing() : []) } as On };
    const runner = run([broken]);
    await until(async () => runner.troubles.length > 0);
    expect(String(runner.troubles[0]!.error)).toContain('at 2: no');
    expect(await rowsAt(database.db, book, '2')).toHaveLength(2);
    expect(await servedBuild()).toBe('1');
  });
});

function failing(): never {
  throw new Error('no');
}
