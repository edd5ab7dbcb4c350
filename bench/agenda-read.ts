import type pg from 'pg';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import type { EventStore, Position } from '#event-store/event-store.js';
import { systemClock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { fillAside, takePlace } from '#projections/rebuild.js';
import { registry } from '#projections/registry.js';
import { projectedPosition } from '#projections/status.js';
import { readAgenda } from '#queries/agendas.js';
import { momentOf, type AskedMoment, type ReadSide } from '#queries/moment.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';
import { emptyTables } from './projecting.js';
import { writeLog } from './written-log.js';

export const name = 'agenda-read';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 1_000_000);
const READS = 10;

/** One agenda of 112 priorities and commitments with 2,520 reports, as it was half of the log ago, beside the same as it is now. */
export async function run(): Promise<Measured[]> {
  return onDurableDatabase(async (url) => {
    const pool = createPool(url, { max: 10, applicationName: 'bench' });
    const store = postgresEventStore(pool);
    await timed(`${EVENTS} events written`, () => writeLog(pool, EVENTS));
    await timed('projected', () => project(pool, store));
    const side: ReadSide = { db: pool, store, clock: systemClock, position: () => projectedPosition(pool, registry), reached: async () => true };
    const { agenda, closed, reporting } = await middleAgenda(pool);
    const now = () => read(side, agenda, {});
    const rows: Measured[] = [];
    for (const [when, asOf] of Object.entries({
      // Nothing of the agenda has changed since, so that both answers say the same and differ in age alone.
      'when it closed, by position': { position: closed.position },
      'when it closed, by time': { time: closed.recorded_at },
      'amid its reports, by position': { position: reporting.position },
    })) {
      rows.push(
        await compare({
          name: `agenda ${when}, beside now`,
          unit: 'read',
          operations: READS,
          atMost: 1.5,
          ours: () => times(READS, () => read(side, agenda, { asOf })),
          floor: () => times(READS, now),
        }),
      );
    }
    await store.close();
    await pool.end();
    return rows;
  });
}

async function read(side: ReadSide, agenda: string, asked: AskedMoment): Promise<string> {
  const document = await readAgenda({ db: side.db, at: await momentOf(side, asked), viewer: { seesAll: true } }, agenda);
  if (!document) throw new Error(`${agenda} is not there`);
  return JSON.stringify(document);
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let n = 0; n < count; n += 1) await work();
}

/** Through the framework, as a rebuild does it; then in the state in which autovacuum keeps tables. */
async function project(pool: pg.Pool, store: EventStore): Promise<void> {
  const filling = { patience: { first: 100, longest: 1_000 }, signal: new AbortController().signal };
  await emptyTables(pool, registry);
  for (const one of registry) await takePlace(await fillAside(pool, store, one, filling), pool, store, filling);
  await pool.query('vacuum analyze');
}

type Moment = { readonly position: Position; readonly recorded_at: Date };

/** The agenda that closed last before the middle of the log. */
async function middleAgenda(pool: pg.Pool): Promise<{ agenda: string; closed: Moment; reporting: Moment }> {
  const eventBefore = async (condition: string, position: Position | number): Promise<Moment & { stream: string }> => {
    const { rows } = await pool.query<Moment & { stream: string }>(
      `select position, recorded_at, stream from event_store.events where ${condition} and position < $1 order by position desc limit 1`,
      [position],
    );
    return rows[0]!;
  };
  const closed = await eventBefore(`type = 'AgendaClosed'`, Math.floor(EVENTS / 2));
  const reporting = await eventBefore(`type = 'ProgressReported'`, (BigInt(closed.position) - 2_500n).toString());
  return { agenda: closed.stream.replace('agenda-', ''), closed, reporting };
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  process.stderr.write(`${what} in ${Math.round((performance.now() - start) / 1000)} s\n`);
}
