import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { createPool } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { migrate } from '#platform/migrate.js';
import { wakeUps } from '#platform/wake-ups.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { moments } from '#projections/moments.js';
import { runProjections } from '#projections/run.js';
import { PROJECTED_CHANNEL } from '#projections/statements.js';
import { projectedPosition } from '#projections/status.js';
import { reached } from '#projections/waiting.js';
import { momentOf, type AskedMoment, type ReadSide } from './moment.js';

const at = (time: string) => new Date(`2024-03-01T${time}Z`);

describe('the moment of a question', () => {
  let database: FreshDatabase;
  let db: Pool;
  let store: EventStore;
  let side: ReadSide;
  let now = at('10:00:00.000');
  const ending = new AbortController();
  let running: Promise<void>;

  beforeAll(async () => {
    database = await freshDatabase();
    await migrate(database.url, ['read']);
    db = createPool(database.url, { max: 4, applicationName: 'moment.spec' });
    store = inMemoryEventStore({ clock: () => now });
    running = runProjections({ db, store, projections: [moments], ending: ending.signal, onTrouble: (_, error) => console.error(error) });
    const position = () => projectedPosition(db, [moments]);
    side = { db, store, clock: () => now, position, reached: async (wanted) => (await position()) === wanted || Number(await position()) > Number(wanted) };
    // Two events of one time, then one a second later, then one an hour later.
    for (const [time, count] of [['10:00:00.000', 2], ['10:00:01.000', 1], ['11:00:00.000', 1]] as const) {
      now = at(time);
      for (let i = 0; i < count; i++) await append();
    }
    const news = wakeUps(db.options, PROJECTED_CHANNEL, 500);
    await reached('4', position, news, AbortSignal.timeout(5_000));
    await news.close();
  });
  afterAll(async () => {
    ending.abort();
    await running;
    await db.end();
    await database.drop();
  });

  const append = () =>
    store.append('body-x', [{ id: randomId(), type: 'BodyRenamed', data: {}, metadata: { schemaVersion: 1 } }], 'any');
  const positionAt = async (asked: AskedMoment) => (await momentOf(side, asked)).position;

  it('is now where nothing is said: the last position, on the day of the question', async () => {
    now = new Date('2024-04-21T08:00:00Z');
    expect(await momentOf(side, {})).toEqual({ position: '4', time: '2024-03-01T11:00:00.000Z', date: '2024-04-21' });
  });

  it('is the last position that was recorded by a time', async () => {
    const by = (time: string) => positionAt({ asOf: { time: at(time) } });
    expect(await by('09:59:59.999')).toBe('0');
    expect(await by('10:00:00.000')).toBe('2');
    expect(await by('10:00:00.999')).toBe('2');
    expect(await by('10:00:01.000')).toBe('3');
    expect(await by('10:59:59.999')).toBe('3');
    expect(await by('11:00:00.000')).toBe('4');
    expect(await by('12:00:00.000')).toBe('4');
  });

  it('is a position, with the time and the day that it was recorded', async () => {
    expect(await momentOf(side, { asOf: { position: '2' } })).toEqual({ position: '2', time: '2024-03-01T10:00:00.000Z', date: '2024-03-01' });
    expect(await momentOf(side, { asOf: { position: '3' } })).toMatchObject({ time: '2024-03-01T10:00:01.000Z' });
    expect(await momentOf(side, { asOf: { position: '0' } })).toMatchObject({ position: '0', time: '1970-01-01T00:00:00.000Z' });
  });

  it('is refused where it has not come yet', async () => {
    await expect(momentOf(side, { asOf: { position: '5' } })).rejects.toMatchObject({ name: 'MomentInFuture' });
    await expect(momentOf(side, { asOf: { time: new Date(now.getTime() + 1) } })).rejects.toMatchObject({ name: 'MomentInFuture' });
    const beyondFourDigits = new Date('9999-12-31T23:59:59-14:00');
    await expect(momentOf(side, { asOf: { time: beyondFourDigits } })).rejects.toMatchObject({ name: 'MomentInFuture' });
  });

  it('waits for what the log has and the read side has not, and says so where that takes too long', async () => {
    const behind: ReadSide = { ...side, position: () => Promise.resolve('2'), reached: () => Promise.resolve(false) };
    await expect(momentOf(behind, { minPosition: '3' })).rejects.toMatchObject({ name: 'ReadSideBehind', needed: '3' });
    await expect(momentOf(behind, { asOf: { position: '3' } })).rejects.toMatchObject({ name: 'ReadSideBehind' });
    await expect(momentOf(behind, { asOf: { time: at('10:30:00.000') } })).rejects.toMatchObject({ name: 'ReadSideBehind' });
    // What is long past is known, however far behind the read side is.
    expect((await momentOf(behind, { asOf: { time: at('09:00:00.000') } })).position).toBe('0');
  });
});
