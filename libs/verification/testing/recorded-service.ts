import { createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import type { EventMetadata } from '#domain/catalogue.js';
import { agendaSequences } from '#domain/testing/arbitrary-commands.js';
import { CHAIR, liaisonOf } from '#domain/testing/csto-2024.js';
import { DIGEST, play, type Asked, type Step } from '#domain/testing/world.js';
import type { EventStore } from '#event-store/event-store.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { makeCheckpoint } from '#ledger/checkpoints.js';
import { enrol } from '#ledger/keys.js';
import { privateKey } from '#ledger/signed-note.js';
import { extend, readTree } from '#ledger/tree-store.js';
import { createPool } from '#platform/database.js';
import { derivedId, randomId } from '#platform/ids.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { registry } from '#projections/registry.js';
import { levelWith, running } from '#projections/testing/running.js';
import type pg from 'pg';

/** What a service leaves behind: a log with everything that random commands brought about, tables that are level with it, and a signed ledger. */
export async function recordedService(): Promise<FreshDatabase> {
  const database = await freshDatabase();
  await migrate(database.url, ['event-store', 'read', 'ledger', 'verification']);
  const { db, store, close } = opened(database.url);
  for (const step of eventfulSteps()) await record(store, step);
  await followUp(db, store, database.url);
  await close();
  return database;
}

/** Has the tables and the ledger, which is signed at every tenth event, come level with the log. */
export async function followUp(db: pg.Pool, store: EventStore, url: string): Promise<void> {
  const runner = running(url, store, registry);
  await levelWith(store, db, registry);
  await runner.stop();
  const key = privateKey(Buffer.alloc(32, 1));
  const clock = () => new Date('2024-06-01T00:00:00Z');
  const signers = await enrol(db, { current: key, origin: 'mindet.example/csto' }, clock);
  if (!createPublicKey(key).equals(signers[0]!.key)) throw new Error('the key is another one');
  for (let tree = await readTree(db); ; ) {
    const events = await store.readAll(tree.position, 10);
    if (events.length === 0) break;
    tree = await extend(db, tree, events);
    await makeCheckpoint(db, signers, clock);
  }
}

/** Of many random stories the one in which most happens; the same one each time. */
export function eventfulSteps(): readonly Step[] {
  const stories = fc.sample(agendaSequences, { seed: 4, numRuns: 300 }).map(play);
  const kinds = (steps: readonly Step[]) => new Set(steps.flatMap(({ events }) => events.map(({ type }) => type))).size;
  const story = stories.reduce((most, one) => (kinds(one) > kinds(most) ? one : most));
  return play([...story.map(({ command, actor }) => ({ command, actor })), ...SENDING]);
}

const editionId = 'csto-2024.e1';
const ofKyrgyzstan = { editionId, agendaId: 'csto-2024', state: 'KG' };

/** In the end its agenda is sent. */
const SENDING: readonly Asked[] = [
  { command: { type: 'DispatchEdition', data: { agendaId: 'csto-2024', purpose: 'final', recipients: ['KG'] } }, actor: CHAIR },
  { command: { type: 'RecordDelivery', data: { ...ofKyrgyzstan, channel: 'webhook' } }, actor: CHAIR },
  { command: { type: 'AcknowledgeEdition', data: { editionId, digest: DIGEST } }, actor: liaisonOf('KG') },
];

export async function record(store: EventStore, { events, stream, actor }: Pick<Step, 'events' | 'stream' | 'actor'>): Promise<void> {
  if (events.length === 0) return;
  const commandId = randomId();
  const metadata: EventMetadata = {
    schemaVersion: 1, occurredOn: '2024-06-01', actor, correlationId: commandId, causationId: commandId, commandId, commandDigest: '',
  };
  const recorded = events.map(({ type, data }, index) => ({ id: derivedId(commandId, String(index)), type, data, metadata }));
  await store.append(stream, recorded, 'any');
}

export function opened(url: string) {
  const db = createPool(url, { max: 6, applicationName: 'mindet spec' });
  const store = postgresEventStore(db);
  return {
    db,
    store,
    async close() {
      await store.close();
      await db.end();
    },
  };
}
