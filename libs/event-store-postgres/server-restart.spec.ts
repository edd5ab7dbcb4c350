import { expect, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectedRevision } from '#event-store/event-store.js';
import { idsOf, readRest, someEvent, someStream } from '#event-store/testing/some-events.js';
import { createPool } from '#platform/database.js';
import { startEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.js';
import { findServer } from '#platform/embedded-postgres/server-process.js';
import { migrate } from '#platform/migrate.js';
import { makeDataFolder, removeDataFolder } from '#platform/testing/data-folder.js';
import { postgresEventStore } from './postgres-event-store.js';

const KILLS = 2;

test('a server that is killed in the midst of appends, and comes back, has all that was acknowledged once', async () => {
  const dataFolder = makeDataFolder();
  const postgres = await startEmbeddedPostgres({ dataFolder });
  const cluster = join(realpathSync(join(dataFolder, 'postgres')), 'cluster');
  await migrate(postgres.url, ['event-store']);
  const pool = createPool(postgres.url, { max: 4, applicationName: 'restart' });
  const store = postgresEventStore(pool, { retryFor: 30_000 });
  const seen: string[] = [];
  const stop = new AbortController();
  const reading = (async () => {
    for await (const { events } of store.subscribe('0', stop.signal)) seen.push(...idsOf(events));
  })();

  const progress = new EventEmitter();
  const acknowledged: string[] = [];
  let writing = true;
  const writers = Array.from({ length: 4 }, async () => {
    const stream = someStream();
    let expected: ExpectedRevision = 'none';
    while (writing) {
      const event = someEvent();
      expected = (await store.append(stream, [event], expected)).revision;
      acknowledged.push(event.id);
      progress.emit('acknowledged');
    }
  });
  const acknowledgedMore = async (count: number): Promise<void> => {
    const enough = acknowledged.length + count;
    while (acknowledged.length < enough) await once(progress, 'acknowledged');
  };

  for (let n = 0; n < KILLS; n += 1) {
    await acknowledgedMore(100);
    process.kill(findServer(cluster)!.pid, 'SIGKILL');
  }
  await acknowledgedMore(100);
  writing = false;
  await Promise.all(writers);

  const logged = idsOf(await readRest(store, '0'));
  while (seen.length < logged.length) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await reading;
  expect(logged.toSorted()).toEqual(acknowledged.toSorted());
  expect(seen).toEqual(logged);
  await store.close();
  await pool.end();
  await postgres.stop();
  await removeDataFolder(dataFolder);
}, 60_000);
