import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { leafHash } from '#ledger/merkle-tree.js';
import { OPEN } from '#projections/ddl.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { registry } from '#projections/registry.js';
import type { AnyTable } from '#projections/change.js';
import type { Column } from '#projections/column.js';
import type { Difference } from './difference.js';
import { opened, recordedService } from './testing/recorded-service.js';
import { verify, type Progress, type Verdict } from './verify.js';

jest.setTimeout(60_000);

let untouched: FreshDatabase;
beforeAll(async () => {
  untouched = await recordedService();
});
afterAll(() => untouched.drop());

type Tampering = (db: pg.Pool, store: EventStore) => Promise<unknown>;

/** What a verification says of a copy of the service's database that was tampered with. */
async function verdictAfter(tampering: Tampering, at?: (head: string) => string, onProgress?: (progress: Progress) => void): Promise<Verdict> {
  const copy = await freshDatabase(untouched);
  const { db, store, close } = opened(copy.url);
  try {
    const head = await store.head();
    await tampering(db, store);
    const verdict = await verify({ db, store, projections: registry, position: at?.(head) ?? head, signal: new AbortController().signal, ...(onProgress && { onProgress }) });
    const { rows } = await db.query(`select nspname from pg_namespace where nspname like 'read\\_%'`);
    expect(rows).toEqual([]);
    return verdict;
  } finally {
    await close();
    await copy.drop();
  }
}

/** As whoever owns the database can: the triggers that refuse are switched off. */
const inLog = (sql: string): Tampering => (db) =>
  db.query(`alter table event_store.events disable trigger events_are_final; ${sql}; alter table event_store.events enable always trigger events_are_final`);
const inLedger = (sql: string): Tampering => (db) =>
  db.query(`alter table ledger.leaf disable trigger all; alter table ledger.checkpoint disable trigger all; ${sql}`);

/** Differences by the place in the log, with the type of the event that is named. */
const told = ({ differences }: Verdict) => differences.map(({ what, position, event }) => [position, event?.type ?? null, what]);
const both = (...tamperings: readonly Tampering[]): Tampering => async (db, store) => {
  for (const one of tamperings) await one(db, store);
};

const tables = registry.flatMap((projection) => projection.tables.map((table) => ({ projection, table })));
/** The first version of the first row of every table, done something to. */
const inEveryTable = (statement: (table: AnyTable, first: string) => string): Tampering => async (db) => {
  for (const { table } of tables) await db.query(statement(table, `ctid = (select min(ctid) from read.${table.name})`));
};
const inTableOrder = (differences: readonly Difference[], kind: Difference['kind']) =>
  differences.filter((one) => one.kind === kind).map(({ projection, table }) => `${projection}.${table}`);
const everyTable = tables.map(({ projection, table }) => `${projection.name}.${table.name}`);

const OTHER: Record<Column['type'], (column: string) => string> = {
  text: (column) => `coalesce(${column}, '') || 'x'`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  'double precision': (column) => `coalesce(${column}, 0) + 0.1`,
  boolean: (column) => `not coalesce(${column}, false)`,
  date: (column) => `coalesce(${column}, '2024-01-01') + 1`,
  timestamptz: (column) => `coalesce(${column}, now()) + interval '1 ms'`,
  jsonb: () => `'{"tampered": true}'`,
};
const changeable = ({ columns, key }: AnyTable) => Object.keys(columns).filter((column) => !key.includes(column));

describe('verify', () => {
  it('finds nothing where nobody tampered, and says how much it looked at', async () => {
    const { differences, differenceCount, lookedAt } = await verdictAfter(() => Promise.resolve());
    expect(differences).toEqual([]);
    expect(differenceCount).toBe(0);
    expect(lookedAt.events).toBeGreaterThan(20);
    expect(lookedAt.leaves).toBe(lookedAt.events);
    expect(lookedAt.rows).toBeGreaterThan(20);
  });

  it('finds nothing at any earlier position either', async () => {
    for (const position of ['0', '1', '17', '28', '34']) {
      expect(await verdictAfter(() => Promise.resolve(), () => position)).toMatchObject({ differences: [], lookedAt: { events: Number(position) } });
    }
  });

  it('tells how far it is', async () => {
    const told: Progress[] = [];
    await verdictAfter(() => Promise.resolve(), undefined, (progress) => told.push(progress));
    expect(told.map(({ phase }) => phase)).toEqual(['replay', 'log', ...registry.map(() => 'tables')]);
    expect(told.map(({ percent }) => percent)).toEqual(told.map(({ percent }) => percent).toSorted((a, b) => a - b));
    expect(told.every(({ percent }) => percent <= 100)).toBe(true);
  });

  describe('of the tables that are read', () => {
    it('names every column that was changed, with both values and the event that made the row', async () => {
      const { differences, differenceCount } = await verdictAfter(
        inEveryTable((table, first) => {
          const columns = changeable(table);
          // A moment is nothing but its key.
          if (columns.length === 0) return 'select';
          return `update read.${table.name} set ${columns.map((column) => `${column} = ${OTHER[table.columns[column]!.type](column)}`).join(', ')} where ${first}`;
        }),
      );
      const expected = tables.flatMap(({ table }) => changeable(table).map((column) => `${table.name}.${column}`));
      expect(differences.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(expected.toSorted());
      expect(differenceCount).toBe(expected.length);
      expect(differences.find(({ table, column }) => table === 'priority' && column === 'lifecycle')).toMatchObject({
        kind: 'value',
        projection: 'work',
        key: { id: 'csto-2024.1' },
        rebuilt: 'proposed',
        served: 'proposedx',
        position: '5',
        event: { type: 'PriorityProposed', position: '5', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
      expect(differences.find(({ table, column }) => table === 'agenda' && column === 'term_to')).toMatchObject({ rebuilt: '2024-12-31', served: '2025-01-01' });
    });

    it('names a row that is gone from any table', async () => {
      const { differences } = await verdictAfter(inEveryTable((table, first) => `delete from read.${table.name} where ${first}`));
      expect(inTableOrder(differences, 'missing')).toEqual(everyTable);
      expect(differences).toHaveLength(tables.length);
      expect(differences.find(({ table }) => table === 'body')).toMatchObject({ key: { id: 'ksopn' }, served: null, rebuilt: { kind: 'council' }, event: { type: 'BodyRegistered' } });
    });

    it('names a row in any table that no event made', async () => {
      const { differences } = await verdictAfter(
        inEveryTable((table, first) => {
          const columns = Object.keys(table.columns);
          const values = columns.map((column) => (column === table.key[0] ? OTHER[table.columns[column]!.type](column) : column));
          return `insert into read.${table.name} (${columns.join(', ')}, valid_from, valid_to, born)
            select ${values.join(', ')}, valid_from, valid_to, born from read.${table.name} where ${first}`;
        }),
      );
      expect(inTableOrder(differences, 'extra')).toEqual(everyTable);
      expect(differences.every(({ event, rebuilt }) => event === null && rebuilt === null)).toBe(true);
      expect(differences).toHaveLength(tables.length);
    });

    it('names a version of any table that was made to begin at another time', async () => {
      const { differences } = await verdictAfter(
        // Beyond the present too: nothing can have come about there.
        inEveryTable((table, first) => `update read.${table.name} set valid_from = valid_from + 1000000 where ${first}`),
      );
      expect(inTableOrder(differences, 'missing')).toEqual(everyTable);
      expect(inTableOrder(differences, 'extra')).toEqual(everyTable);
    });

    it('names a version of any table that was made to end at another time, and the event that ended it', async () => {
      const { differences } = await verdictAfter(inEveryTable((table, first) => `update read.${table.name} set valid_to = 1000000 where ${first}`));
      expect(inTableOrder(differences, 'value')).toEqual(everyTable);
      expect(differences.every(({ column, served }) => column === 'valid_to' && served === '1000000')).toBe(true);
      expect(differences.find(({ table }) => table === 'priority')).toMatchObject({ rebuilt: '15', event: { type: 'PriorityAmended', position: '15' } });
    });

    it('names a key of any table that is said to be born otherwise', async () => {
      const { differences } = await verdictAfter(inEveryTable((table, first) => `update read.${table.name} set born = not born where ${first}`));
      expect(inTableOrder(differences, 'value')).toEqual(everyTable);
      expect(new Set(differences.map(({ column }) => column))).toEqual(new Set(['born']));
    });

    it('tells a value from one that only reads alike', async () => {
      const { differences } = await verdictAfter((db) => db.query(`update read.report_content set evidence = '[{"title": "A", "url": "https://example.org", "n": 1.0}]'`));
      expect(differences.map(({ table, column }) => `${table}.${column}`)).toEqual(['report_content.evidence']);
    });

    it('names a function that tells another past', async () => {
      const { differences } = await verdictAfter(async (db) => {
        const { rows } = await db.query<{ definition: string }>(`select pg_get_functiondef('read.report_at(bigint)'::regprocedure) as definition`);
        await db.query(rows[0]!.definition.replace('k.born and', `k.born and k.id <> '5d0c9c2e-51a3-4f0f-9a53-0d9a3f1f0a6d' and`));
      });
      expect(differences).toEqual([expect.objectContaining({ kind: 'function', table: 'report', what: 'the function read.report_at is not what this release made' })]);
    });

    it('sees nothing of what was changed after the position', async () => {
      const changed = (db: pg.Pool) => db.query(`update read.priority set title = '{}' where valid_from = 22`);
      expect((await verdictAfter(changed, () => '21')).differences).toEqual([]);
      expect((await verdictAfter(changed, () => '22')).differences).toMatchObject([{ column: 'title', event: { type: 'PriorityAgreed' } }]);
    });

    it('lists a thousand differences and counts them all', async () => {
      const { differences, differenceCount } = await verdictAfter((db) =>
        db.query(`insert into read.body select 'no-body-' || n, names, kind, retired, retired_on, revision, 3, valid_to, true from read.body, generate_series(1, 1500) n where valid_from = 3`),
      );
      expect(differences).toHaveLength(1_000);
      expect(differenceCount).toBe(1_500);
    });
  });

  describe('of the log', () => {
    const CHANGED = 'the event is not what the ledger recorded';
    it.each<[string, Tampering, unknown[]]>([
      ['data', inLog(`update event_store.events set data = replace(data::text, 'КСОПН', 'КСБ')::json where position = 3`), ['3', 'BodyRegistered', CHANGED]],
      ['who did it', inLog(`update event_store.events set metadata = replace(metadata::text, 'chair-office', 'nobody')::json where position = 5`), ['5', 'PriorityProposed', CHANGED]],
      ['type', inLog(`update event_store.events set type = 'CommitmentClosed' where position = 14`), ['14', 'CommitmentClosed', CHANGED]],
      ['time', inLog(`update event_store.events set recorded_at = recorded_at - interval '1 hour' where position = 9`), ['9', 'CommitmentProposed', CHANGED]],
      ['id', inLog(`update event_store.events set id = '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' where position = 9`), ['9', 'CommitmentProposed', CHANGED]],
      ['stream', inLog(`update event_store.events set stream = 'body-none' where position = 25`), ['25', 'BodyRetired', CHANGED]],
    ])('names an event whose %s was changed', async (_what, tampering, named) => {
      expect(told(await verdictAfter(tampering))).toContainEqual(named);
    });

    it.each([
      ['first', 1],
      ['middle', 15],
      ['last', 38],
    ])('names the %s event, if it is gone', async (_which, position) => {
      const found = told(await verdictAfter(inLog(`delete from event_store.events where position = ${position}`)));
      expect(found).toContainEqual([String(position), null, 'the event that the ledger recorded here is gone']);
    });

    it('tells that the log does not reach as far as what is served, and that events are missing in their streams', async () => {
      const last = told(await verdictAfter(inLog('delete from event_store.events where position > 36')));
      expect(last).toContainEqual(['38', null, 'the log ends at position 36, and 38 was served']);
      const middle = told(await verdictAfter(inLog('delete from event_store.events where position = 15')));
      expect(middle).toContainEqual(['18', 'PriorityAssigned', 'the event is revision 2 of priority-csto-2024.1, and the one before it is 0']);
    });

    it('names two events that changed places', async () => {
      const found = told(await verdictAfter(inLog(`
        update event_store.events set position = 1000 where position = 16; update event_store.events set position = 16 where position = 17;
        update event_store.events set position = 17 where position = 1000`)));
      expect(found).toEqual(expect.arrayContaining([['16', 'CommitmentAmended', CHANGED], ['17', 'CommitmentAgreed', CHANGED]]));
    });

    it('names an event that means nothing to its thing, and what no projection can take', async () => {
      const found = told(await verdictAfter(inLog(`
        update event_store.events set data = '{"bodyId": "ksopn", "kind": "council"}' where position = 3;
        update event_store.events set type = 'SomethingElse' where position = 31`)));
      expect(found).toContainEqual(['3', 'BodyRegistered', 'the event means nothing to body-ksopn as it then was']);
      expect(found).toContainEqual(['31', 'SomethingElse', 'the event is of a type that this release does not know']);
      expect(found).toContainEqual(['3', 'BodyRegistered', expect.stringMatching(/^bodies cannot take the event: null value in column "names"/)]);
    });

    it('still compares what comes after an event that a projection cannot take', async () => {
      const { differences } = await verdictAfter(both(
        inLog(`update event_store.events set data = '{"bodyId": "ksopn", "kind": "council"}' where position = 3`),
        (db) => db.query(`update read.body set kind = 'forces' where id = 'constructor' and valid_from = 25`),
      ));
      expect(differences).toContainEqual(expect.objectContaining({ table: 'body', column: 'kind', event: expect.objectContaining({ type: 'BodyRetired' }) }));
      expect(differences).toContainEqual(expect.objectContaining({ kind: 'extra', table: 'body', key: { id: 'ksopn' } }));
    });

    it('names an event that was recorded before the one that it follows', async () => {
      const found = told(await verdictAfter(inLog(`update event_store.events set recorded_at = recorded_at + interval '1 day' where position = 20`)));
      expect(found).toContainEqual(['21', 'CommitmentRescheduled', expect.stringMatching(/^the event was recorded at .* before the one that it follows/)]);
    });

    it('names an event whose cause comes after it, or that names none; a cause outside the log may stand', async () => {
      const cause = (position: number, value: string) => `update event_store.events set metadata = (metadata::jsonb || jsonb_build_object('causationId', ${value}))::json where position = ${position}`;
      const found = told(await verdictAfter(inLog([
        cause(10, `(select id from event_store.events where position = 30)`),
        cause(12, `(select id from event_store.events where position = 11)`),
        cause(13, `'letter-17'`),
        cause(14, 'null'),
      ].join(';'))));
      const causes = found.filter(([, , what]) => what !== CHANGED);
      expect(causes).toEqual([
        ['14', 'CommitmentWithdrawn', 'the event does not say by which command, or because of what, it was recorded'],
        ['10', 'CommitmentProposed', 'the event names as its cause what came only at position 30'],
      ]);
    });

    it('names an event that has the id of another', async () => {
      const found = told(await verdictAfter(inLog(`
        alter table event_store.events drop constraint events_id_key;
        update event_store.events set id = (select id from event_store.events where position = 4) where position = 8`)));
      expect(found).toContainEqual(['8', 'CommitmentProposed', 'the event has the id of the one at position 4']);
    });

    it('is not deceived by tables that were changed along with the log', async () => {
      const { differences } = await verdictAfter(both(
        inLog(`update event_store.events set data = replace(data::text, 'КСОПН', 'КСБ')::json where position = 3`),
        (db) => db.query(`update read.body set names = replace(names::text, 'КСОПН', 'КСБ')::jsonb where id = 'ksopn'`),
      ));
      expect(differences).toEqual([expect.objectContaining({ kind: 'ledger', what: CHANGED, position: '3' })]);
    });
  });

  describe('of the ledger', () => {
    it('names an event that was changed together with its leaf, by the checkpoint that was signed over it', async () => {
      const found = told(await verdictAfter(both(
        inLog(`update event_store.events set metadata = replace(metadata::text, '"occurredOn":"2024-06-01"', '"occurredOn":"2024-06-02"')::json where position = 23`),
        async (db, store) => {
          const [event] = await store.readAll('22', 1);
          await inLedger(`update ledger.leaf set hash = '\\x${leafHash(canonicalEvent(event!)).toString('hex')}' where position = 23`)(db, store);
        },
      )));
      expect(found).toEqual([['30', null, 'the checkpoint of 30 events was signed over other leaves than the ledger has now']]);
    });

    it('tells that the end of log, tables and ledger was cut off together, by the checkpoint that was signed over it', async () => {
      const cut = both(
        inLog('delete from event_store.events where position > 34'),
        inLedger('delete from ledger.leaf where position > 34; update ledger.tree set size = 34, position = 34'),
        ...tables.map(({ table }) => (db: pg.Pool) =>
          db.query(`delete from read.${table.name} where valid_from > 34; update read.${table.name} set valid_to = ${OPEN} where valid_to = 35`),
        ),
        (db) => db.query('update read.projection set position = 34'),
      );
      expect(told(await verdictAfter(cut, () => '34'))).toEqual([[null, null, 'a checkpoint of 38 events was signed, and the ledger has 34']]);
    });

    it('names a checkpoint that was changed, an event that was put in, and a leaf that is gone', async () => {
      const forged = told(await verdictAfter(inLedger(`update ledger.checkpoint set text = replace(text, E'\\n20\\n', E'\\n21\\n') where size = 20`)));
      expect(forged).toEqual([['20', null, 'the checkpoint of 20 events is not signed with any key of the ledger']]);
      const scrawled = told(await verdictAfter(inLedger(`update ledger.checkpoint set signatures = 'none' where size = 20`)));
      expect(scrawled).toEqual(forged);
      const leafless = told(await verdictAfter(inLedger('delete from ledger.leaf where position = 4')));
      expect(leafless).toContainEqual(['4', 'BodyRegistered', 'the ledger recorded no such event']);
    });
  });
});
