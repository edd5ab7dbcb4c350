import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store/event-store.js';
import { openBuild, type Build } from './build.js';
import { insert, update } from './change.js';
import { integer, text } from './column.js';
import { decodeAll } from './decoded.js';
import { livePlace } from './places.js';
import { projection, type Projected } from './projection.js';
import { table } from './table.js';
import { readDatabase, rowsAt, type ReadDatabase } from './testing/read-database.js';
import { stepsEvent } from './testing/shelf.js';

const part = table('part', { comment: 'A part.', columns: { id: text(), ordinal: integer(), revision: integer() }, key: ['id'] });

const mapped = (name: string, map: (event: Projected) => ReturnType<typeof insert>[]) =>
  projection(name, { version: 1, tables: [part], on: { BodyRegistered: map } });

const event = (position: number): RecordedEvent => ({
  ...stepsEvent(),
  stream: 'spec',
  revision: position - 1,
  position: String(position),
  recordedAt: new Date(0).toISOString(),
});

describe('changes of rows', () => {
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await readDatabase();
  });
  afterAll(() => database.close());

  const open = async (of: ReturnType<typeof mapped>): Promise<Build> =>
    openBuild(database.db, of, await livePlace(database.db, of), { patience: { first: 1, longest: 1 }, signal: new AbortController().signal });

  it('keep every column of a row that is read again, whatever the columns are called', async () => {
    const parts = mapped('parts', ({ position, revision }) =>
      position === '1' ? [insert(part, { id: 'x', ordinal: 7, revision })] : [update(part, { id: 'x' }, { revision })],
    );
    for (const position of [1, 2]) {
      const build = await open(parts);
      await build.take(decodeAll([event(position)]));
      await build.written();
    }
    expect(await rowsAt(database.db, part, '2')).toEqual([{ id: 'x', ordinal: 7, revision: 1 }]);
  });

  it('say by which event it was that a row could not be changed', async () => {
    const parts = mapped('parts', ({ position }) => [
      update(part, { id: 'x' }, () => {
        if (position === '4') throw new Error('no such change');
        return {};
      }),
    ]);
    const build = await open(parts);
    const events = [3, 4, 5].map(event);
    const failing = { position: '4', id: events[1]!.id };
    await expect(build.take(decodeAll(events))).rejects.toMatchObject({ projection: 'parts', event: failing, last: failing });
  });
});
