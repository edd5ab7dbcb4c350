import { monitorEventLoopDelay } from 'node:perf_hooks';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import type { Cell, Document } from '#documents/document.js';
import { FORMAT_NAMES } from '#documents/formats.js';
import { makeDocument } from '#documents/kinds/catalogue.js';
import { DocumentTooLarge, renderPool } from '#documents/render-pool.js';
import { systemClock } from '#platform/clock.js';
import { createPool } from '#platform/database.js';
import { fillAside, takePlace } from '#projections/rebuild.js';
import { registry } from '#projections/registry.js';
import { projectedPosition } from '#projections/status.js';
import { momentOf } from '#queries/moment.js';
import { onDurableDatabase } from './durable-database.js';
import { median, type Measured } from './measure.js';
import { emptyTables } from './projecting.js';
import { writeLog } from './written-log.js';

export const name = 'documents';

/** What one chairmanship writes: 7 priorities × 15 commitments × 6 states, with 2,520 reports. */
const EVENTS = 6_700;
/** What a document of that size may take, in milliseconds: it stands where other benches have a floor. */
const MOST = 1_000;
const REPETITIONS = 5;

/** Documents of a usual agenda beside the second that each may take; and what a huge one costs the service that goes on beside it. */
export async function run(): Promise<Measured[]> {
  const rows = await onDurableDatabase(usual);
  await huge();
  return rows;
}

async function usual(url: string): Promise<Measured[]> {
  const db = createPool(url, { max: 10, applicationName: 'bench' });
  const store = postgresEventStore(db);
  await writeLog(db, EVENTS);
  await emptyTables(db, registry);
  const filling = { patience: { first: 100, longest: 1_000 }, signal: new AbortController().signal };
  for (const one of registry) await takePlace(await fillAside(db, store, one, filling), db, store, filling);
  const side = { db, store, clock: systemClock, position: () => projectedPosition(db, registry), reached: async () => true };
  const pool = renderPool();
  const at = await momentOf(side, {});
  const asked = { reading: { db, at, viewer: { seesAll: false } }, store, agenda: 'csto-1', language: 'kk' } as const;
  const rows: Measured[] = [];
  for (const kind of ['agenda', 'progress', 'final'] as const) {
    for (const format of FORMAT_NAMES) {
      const times: number[] = [];
      for (let round = -1; round < REPETITIONS; round += 1) {
        const start = performance.now();
        await pool.render((await makeDocument(kind, asked))!, format);
        if (round >= 0) times.push(performance.now() - start);
      }
      const ours = median(times);
      rows.push({ name: `${kind}.${format} of 7 × 15 × 6`, unit: 'document', ours, floor: MOST, ratio: ours / MOST, atMost: 1 });
    }
  }
  await pool.close();
  await store.close();
  await db.end();
  return rows;
}

/** 100 priorities × 1,000 commitments, and 30 states in 5 tables of them: told, since it has no floor. */
async function huge(): Promise<void> {
  const pool = renderPool();
  const text = [{ text: 'Развитие взаимодействия, включая завершение правовой базы и подготовку кадров' }];
  const row = (n: number): Cell[] => [[{ text: `${n}` }], text, [{ text: 'agreed' }], [{ text: 'secretariat' }], '2024-10-01', [{ text: 'on track' }], 40];
  const columns = ['No.', 'Commitment', 'Status', 'Bodies', 'Due', 'Delivery', 'Done'].map((heading, n) => ({ heading, share: n === 1 ? 5 : 2, of: n === 4 ? 'date' : n === 6 ? 'percent' : 'text' }) as const);
  const document: Document = {
    kind: 'agenda', language: 'ru', title: 'Повестка', organisation: 'ОДКБ', runningHeader: 'Повестка', facts: [], moment: '2024-06-01T00:00:00.000Z', position: '1',
    sections: Array.from({ length: 100 }, (_, n) => ({
      id: `priority-${n}`, level: 1, heading: [{ text: `${n}. Приоритет` }],
      blocks: [{ block: 'table', id: `commitments-${n}`, caption: `Обязательства ${n}`, columns, rows: Array.from({ length: 1_000 }, (_row, m) => row(m)) }],
    })),
  };
  for (const format of FORMAT_NAMES) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const start = performance.now();
    delay.enable();
    const outcome = await pool.render(document, format).then(
      (bytes) => `${(bytes.length / 1e6).toFixed(1)} MB`,
      (error: unknown) => (error instanceof DocumentTooLarge ? 'too large for its memory' : String(error)),
    );
    delay.disable();
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    process.stderr.write(`100,000 rows as ${format}: ${outcome} in ${seconds} s; the service was held up by ${Math.round(delay.max / 1e6)} ms at most; ${Math.round(process.memoryUsage().rss / 1e6)} MB in all\n`);
  }
  await pool.close();
}
