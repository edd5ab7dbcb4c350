import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '#event-store/event-store.js';
import { openBuild, type Build } from './build.js';
import { decodeAll } from './decoded.js';
import { livePlace } from './places.js';
import { readDatabase, rowsAt } from './testing/read-database.js';
import { book, reader, shelf, stepsEvent, type Step } from './testing/shelf.js';

const HOSTILE = ['plain', '', "it's", '"', '\\', '\\u0000', '{NULL}', 'NULL', '\u202e', '__proto__', ',', '\n', 'Ж', '💡', 'a:1', '1:a'];

const name = fc.constantFrom(...HOSTILE);
const place = fc.record({ shelf: fc.constantFrom('a', 'a:b', ''), id: fc.constantFrom('b:c', 'c', '"\\') });
// A column that is JSON's null is none.
const notes = fc.jsonValue().filter((value) => value !== null);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('insert' as const, 'ensure' as const), place, title: fc.option(name), notes }).map(flat),
  fc.record({ do: fc.constant('read' as const), place }).map(flat),
  fc.record({ do: fc.constant('retitle' as const), place, title: name, was: name }).map(flat),
  fc.record({ do: fc.constant('remove' as const), place }).map(flat),
  fc.record({ do: fc.constant('greet' as const), id: name, name }),
);
function flat<T extends { place: { shelf: string; id: string } }>({ place, ...step }: T): Omit<T, 'place'> & T['place'] {
  return { ...step, ...place };
}

/** An event's steps, how many events the batch that it begins has, and whether the tables are opened anew before it. */
const history = fc.array(
  fc.record({ steps: fc.array(step, { maxLength: 3 }), reopen: fc.boolean(), ends: fc.boolean() }),
  { minLength: 1, maxLength: 25 },
);

type Books = Map<string, { shelf: string; id: string; title: string | null; reads: number; notes: unknown }>;
type Readers = Map<string, { id: string; name: string }>;

/** What the steps mean, one after another, as plainly as it can be said. */
function done(step: Step, books: Books, readers: Readers): void {
  if (step.do === 'fail') return;
  if (step.do === 'greet') return void readers.set(step.id, { id: step.id, name: step.name });
  const key = JSON.stringify([step.shelf, step.id]);
  const present = books.get(key);
  const fresh = { shelf: step.shelf, id: step.id };
  if (step.do === 'insert' || (step.do === 'ensure' && !present)) books.set(key, { ...fresh, title: step.title, reads: 0, notes: step.notes });
  if (step.do === 'read' && present) books.set(key, { ...present, reads: present.reads + 1 });
  if (step.do === 'retitle' && present?.title === step.was) books.set(key, { ...present, title: step.title });
  if (step.do === 'remove') books.delete(key);
}

const identity = (row: object): string => JSON.stringify('shelf' in row && 'id' in row ? [row.shelf, row.id] : row);
const sorted = (rows: Iterable<unknown>): unknown[] =>
  [...(rows as Iterable<object>)].sort((a, b) => (identity(a) < identity(b) ? -1 : 1));

const SOUND = `select a.* from read.book a left join read.book b using (shelf, id)
  where a.valid_from >= a.valid_to or (a.valid_from < b.valid_from and (a.valid_to > b.valid_from or b.born))
     or (a.born and exists (select from read.book c where (c.shelf, c.id) = (a.shelf, a.id) and c.valid_from < a.valid_from))`;

describe('the history of rows', () => {
  let database: Awaited<ReturnType<typeof readDatabase>>;
  beforeAll(async () => {
    database = await readDatabase();
  });
  afterAll(() => database.close());

  it('is at every position what one event after another makes of it, however they come in batches and rows are forgotten', async () => {
    const { db } = database;
    await livePlace(db, shelf);
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 3 }), async (entries, rows) => {
        await db.query('truncate read.book, read.reader');
        await db.query('update read.projection set position = 0');
        const signal = new AbortController().signal;
        const open = async (): Promise<Build> =>
          openBuild(db, shelf, await livePlace(db, shelf), { patience: { first: 1, longest: 1 }, signal, rows });
        const events = entries.map(({ steps }, index): RecordedEvent => ({
          ...stepsEvent(...steps),
          stream: 'shelf',
          revision: index,
          position: String(index + 1),
          recordedAt: new Date(0).toISOString(),
        }));

        let build = await open();
        let batch: RecordedEvent[] = [];
        for (const [index, { reopen, ends }] of entries.entries()) {
          batch.push(events[index]!);
          if (!ends && index < entries.length - 1) continue;
          await build.take(decodeAll(batch));
          batch = [];
          if (!reopen) continue;
          await build.written();
          build = await open();
        }
        await build.written();

        const books: Books = new Map();
        const readers: Readers = new Map();
        for (const [index, { steps }] of entries.entries()) {
          for (const step of steps) done(step, books, readers);
          const position = String(index + 1);
          expect(sorted(await rowsAt(db, book, position))).toEqual(sorted(books.values()));
          expect(sorted(await rowsAt(db, reader, position))).toEqual(sorted(readers.values()));
        }
        // No moment at which a key has two rows, and one first version of every key.
        expect((await db.query(SOUND)).rows).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
