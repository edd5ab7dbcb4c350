import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { openBuild, type Build } from './build.js';
import { decodeAll, type Decoded } from './decoded.js';
import { ProjectionFailed, TablesMoved } from './errors.js';
import { livePlace } from './places.js';
import { readDatabase, versionsIn, type ReadDatabase } from './testing/read-database.js';
import { append } from './testing/running.js';
import { shelf, type Step } from './testing/shelf.js';

const put = (id: string): Step => ({ do: 'insert', shelf: 'a', id, title: id, notes: {} });
const read = (id: string): Step => ({ do: 'read', shelf: 'a', id });

describe('folding events into tables', () => {
  let database: ReadDatabase;
  let store: EventStore;
  beforeEach(async () => {
    database = await readDatabase();
    store = inMemoryEventStore();
  });
  afterEach(() => database.close());

  const open = async (db: pg.Pool = database.db, signal = new AbortController().signal): Promise<Build> =>
    openBuild(db, shelf, await livePlace(database.db, shelf), { patience: { first: 1, longest: 1 }, signal, rows: 10 });
  const events = async (after: number, count: number): Promise<Decoded[]> => decodeAll(await store.readAll(String(after), count));
  const reads = async (): Promise<unknown[]> =>
    (await versionsIn(database.db, shelf))['book']!.map((version) => (version as { reads: number }).reads);

  it('writes nothing where another reader has written meanwhile', async () => {
    await append(store, [put('x')], [read('x')], [read('x')]);
    const [one, other] = [await open(), await open()];
    await one.take(await events(0, 2));
    await one.written();
    await other.take(await events(0, 3));
    await expect(other.written()).rejects.toThrow(TablesMoved);
    expect(await reads()).toEqual([0, 1]);
  });

  it('is content where another reader has written the very same meanwhile', async () => {
    await append(store, [put('x')], [read('x')]);
    const [one, other] = [await open(), await open()];
    await one.take(await events(0, 1));
    await other.take(await events(0, 1));
    await Promise.all([one.written(), other.written()]);
    await other.take(await events(1, 1));
    await other.written();
    expect(await reads()).toEqual([0, 1]);
  });

  it('takes no event twice', async () => {
    await append(store, [put('x')], [read('x')]);
    const build = await open();
    await build.take(await events(0, 2));
    await build.take(await events(0, 2));
    await build.written();
    expect(await reads()).toEqual([0, 1]);
  });

  it('settles a write whose answer was lost with its connection', async () => {
    await append(store, [put('x')], [read('x')]);
    let losing = 1;
    const lossy = new Proxy(database.db, {
      get: (pool, property) =>
        property !== 'query'
          ? (Reflect.get(pool, property) as unknown)
          : async (...asked: [string, unknown[]]) => {
              const answer = await pool.query(...asked);
              if (losing-- > 0) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
              return answer;
            },
    });
    const build = await open(lossy);
    await build.take(await events(0, 1));
    await build.take(await events(1, 1));
    await build.written();
    expect(losing).toBeLessThan(0);
    expect(await reads()).toEqual([0, 1]);
  });

  it('writes nothing more once it is told to stop', async () => {
    await append(store, [put('x')]);
    const stopping = new AbortController();
    const build = await open(database.db, stopping.signal);
    stopping.abort();
    await expect(build.take(await events(0, 1))).rejects.toThrow('abort');
    expect(await reads()).toEqual([]);
  });

  it('says of a batch that it cannot write which events it was', async () => {
    await append(store, [put('x')], [{ ...put('y'), notes: null } as Step], [put('z')]);
    const build = await open();
    await build.take(await events(0, 3));
    const error = await build.written().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ProjectionFailed);
    expect(error).toMatchObject({ projection: 'shelf', event: { position: '1' }, last: { position: '3' } });
    expect(await reads()).toEqual([]);
  });
});
