import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import type { EventStore } from '#event-store/event-store.js';
import { isRebuildRequested, requestRebuild } from './rebuild-requests.js';
import type { On } from './projection.js';
import { projectedPosition, projectionStatus, type ProjectionStatus } from './status.js';
import { readDatabase, rowsAt, type ReadDatabase } from './testing/read-database.js';
import { append, running, until, type Running } from './testing/running.js';
import { book, shelf, type Step } from './testing/shelf.js';

const put = (id: string): Step => ({ do: 'insert', shelf: 'a', id, title: id, notes: {} });

describe('what happens while a projection is built anew', () => {
  let database: ReadDatabase;
  let runner: Running | undefined;
  beforeEach(async () => {
    database = await readDatabase();
  });
  afterEach(async () => {
    await runner?.stop();
    await database.close();
  });
  const reaches = (position: string, of = shelf) => until(async () => (await projectedPosition(database.db, [of]).catch(() => '0')) === position);

  it('is in the new tables too, when it came after they were filled', async () => {
    const log = inMemoryEventStore();
    await append(log, [put('x')]);
    let asked = 0;
    const store: EventStore = {
      ...log,
      // A rebuild asks for the head before it fills the tables, and once they have their indexes.
      async head() {
        const head = await log.head();
        asked += 1;
        if (asked === 2) {
          await append(log, [put('y')]);
          await reaches('2');
        }
        return head;
      },
    };
    runner = running(database.url, store, [shelf]);
    await reaches('1');
    await requestRebuild(database.db, 'shelf');
    await until(async () => !(await isRebuildRequested(database.db, 'shelf')));
    expect(asked).toBe(2);
    expect(await rowsAt(database.db, book, '2')).toMatchObject([{ id: 'x' }, { id: 'y' }]);
  });

  it('goes on reaching the tables that serve when the new ones cannot be filled, and the status names the event', async () => {
    const log = inMemoryEventStore();
    await append(log, [put('x')], [put('y')]);
    let broken = false;
    const on: On = {
      BodyRegistered: (event) => {
        if (broken && event.position === '2') throw new Error('no more');
        return shelf.on.BodyRegistered!(event);
      },
    };
    runner = running(database.url, log, [{ ...shelf, on }]);
    const one = { ...shelf, on };
    await reaches('2', one);
    broken = true;
    await requestRebuild(database.db, 'shelf');
    const status = async () => (await projectionStatus(database.db, log, [one]))[0]!;
    let stalled: ProjectionStatus | undefined;
    await until(async () => (stalled = await status()).stalled !== null);
    const [, refused] = await log.readAll('0', 2);
    expect(stalled).toMatchObject({ state: 'stalled', stalled: { position: '2', eventId: refused!.id, error: 'no more' } });
    await append(log, [put('z')]);
    await reaches('3', one);
    expect(await rowsAt(database.db, book, '3')).toHaveLength(3);
    // Once it can be taken the tables are built by themselves.
    broken = false;
    await until(async () => !(await isRebuildRequested(database.db, 'shelf')));
    expect(await status()).toMatchObject({ state: 'live', position: '3', stalled: null });
  });
});
