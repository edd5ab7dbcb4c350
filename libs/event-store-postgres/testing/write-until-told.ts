import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { EventStore, ExpectedRevision } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import { postgresEventStore } from '../postgres-event-store.js';

/**
 * `write-until-told.ts <url> <writers> <shared stream>`: each writer appends without a pause, in turn to a stream of its own
 * and, racing, to the shared one. Says the id of every acknowledged event in a line, and stops on SIGTERM.
 */
const [url, writers, shared] = process.argv.slice(2);
if (url === undefined || writers === undefined || shared === undefined) throw new Error('which database, how many, where?');

const pool = createPool(url, { max: 3, applicationName: 'writer process' });
const store = postgresEventStore(pool, { retryFor: 60_000 });
let told = false;
process.once('SIGTERM', () => (told = true));

await Promise.all(Array.from({ length: Number(writers) }, () => write(store)));
await store.close();
await pool.end();

async function write(log: EventStore): Promise<void> {
  const own = `own-${randomUUID()}`;
  const expected: Record<string, ExpectedRevision> = { [own]: 'none', [shared!]: 'none' };
  for (let n = 0; !told; n += 1) {
    const stream = n % 2 ? shared! : own;
    const events = Array.from({ length: 1 + (n % 3) }, () => ({ id: randomUUID(), type: 'Written', data: { n }, metadata: {} }));
    for (;;) {
      try {
        expected[stream] = (await log.append(stream, events, expected[stream]!)).revision;
        break;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        expected[stream] = error.actual;
      }
    }
    if (!process.stdout.write(events.map(({ id }) => `${id}\n`).join(''))) await once(process.stdout, 'drain');
  }
}
