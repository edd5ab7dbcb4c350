import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { registry } from '#projections/registry.js';
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
async function verdictAfter(tampering: Tampering, at?: (head: string) => string): Promise<Verdict> {
  const copy = await freshDatabase(untouched);
  const { db, store, close } = opened(copy.url);
  try {
    const head = await store.head();
    await tampering(db, store);
    const verdict = await verify({ db, store, projections: registry, position: at?.(head) ?? head, signal: new AbortController().signal });
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
const inTables = (sql: string): Tampering => (db) => db.query(sql);

describe('verify', () => {
  it('finds nothing where nobody tampered, and says how much it looked at', async () => {
    const { differences, differenceCount, lookedAt } = await verdictAfter(() => Promise.resolve());
    expect(differences).toEqual([]);
    expect(differenceCount).toBe(0);
    expect(lookedAt.events).toBeGreaterThan(20);
    expect(lookedAt.leaves).toBe(lookedAt.events);
    expect(lookedAt.rows).toBeGreaterThan(20);
  });
});
