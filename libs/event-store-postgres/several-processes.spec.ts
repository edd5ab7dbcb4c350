import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import pg from 'pg';
import type { RecordedEvent } from '#event-store/event-store.js';
import { idsOf, readRest, someStream } from '#event-store/testing/some-events.js';
import { startProgram, type Program } from '#platform/testing/program.js';
import { freshLog, type FreshLog } from './testing/fresh-log.js';

const KILLS = 3;

let log: FreshLog;
beforeAll(async () => {
  log = await freshLog();
});
afterAll(() => log.close());

const startWriters = (shared: string): Program =>
  startProgram('libs/event-store-postgres/testing/write-until-told.ts', [log.url, '4', shared], {});

/** The ids that a process has said, of which a kill may have cut the last. */
const acknowledgedBy = async (process: Program): Promise<string[]> =>
  (await process.ended).stdout.split('\n').slice(0, -1);

test('what eight writers in two processes were acknowledged is logged, and read live, once and in order, while processes and connections are killed', async () => {
  const shared = someStream();
  const seen: RecordedEvent[] = [];
  const progress = new EventEmitter();
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { events } of log.store.subscribe('0', stop.signal)) {
      seen.push(...events);
      progress.emit('seen');
    }
  })();
  /** Resolves when so many events more were seen. */
  const seenMore = async (count: number): Promise<void> => {
    const enough = seen.length + count;
    while (seen.length < enough) await once(progress, 'seen');
  };

  const processes = [startWriters(shared), startWriters(shared)];
  const all = [...processes];
  const admin = new pg.Client({ connectionString: log.url });
  await admin.connect();
  for (let n = 0; n < KILLS; n += 1) {
    await seenMore(200);
    processes[n % 2]!.signal('SIGKILL');
    await processes[n % 2]!.ended;
    await seenMore(100);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
    processes[n % 2] = startWriters(shared);
    all.push(processes[n % 2]!);
  }
  await seenMore(200);
  // The last one that was started has come so far that it hears signals.
  await Promise.all(processes.map(({ said }) => said(/\n/)));
  for (const process of processes) process.signal('SIGTERM');
  expect(await Promise.all(processes.map(async ({ ended }) => (await ended).code))).toEqual([0, 0]);
  await admin.end();

  const acknowledged = (await Promise.all(all.map(acknowledgedBy))).flat();
  const logged = await readRest(log.store, '0');
  while (seen.length < logged.length) await once(progress, 'seen');
  stop.abort();
  await reading;

  const ids = new Set(idsOf(logged));
  expect(ids.size).toBe(logged.length);
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(seen).toEqual(logged);
  expect(logged.map(({ position }) => Number(position))).toEqual(logged.map((_, n) => n + 1));
  for (const [stream, events] of Map.groupBy(logged, (event) => event.stream)) {
    expect([stream, events.map(({ revision }) => revision)]).toEqual([stream, events.map((_, n) => n)]);
  }
  expect(logged.filter(({ stream }) => stream === shared).length).toBeGreaterThan(100);
}, 60_000);
