import { createPublicKey, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { readRest, someEvents, someStream } from '#event-store/testing/some-events.js';
import { postgresEventStore } from '#event-store-postgres/postgres-event-store.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import { until } from '#platform/until.js';
import { wakeUps } from '#platform/wake-ups.js';
import { canonicalEvent } from './canonical-event.js';
import { openCheckpoint } from './checkpoint.js';
import { CHECKPOINT_CHANNEL, LedgerInconsistent, latestCheckpoint, makeCheckpoint } from './checkpoints.js';
import { cosigned, openCosignature } from './cosignature.js';
import { isProven, parseProof, proofText } from './inclusion-proof.js';
import { keepLedger, WANTED_CHANNEL } from './keep-ledger.js';
import { enrol, LedgerKeysUnknown, publicKeys, type Signer } from './keys.js';
import { isConsistent, joined, leafHash, nodeHash, type Hash } from './merkle-tree.js';
import { proveConsistency, proveInclusion } from './proofs.js';
import { parseNote, parseSignature, privateKey, signatureLine, verifier, verifierLine } from './signed-note.js';
import { extend, readTree, rootAt, TreeMoved } from './tree-store.js';
import { verifyExport } from './verify-export.js';
import { addCosignature, listWitnesses, registerWitness, WitnessTaken } from './witnesses.js';

const key = privateKey(Buffer.alloc(32, 1));
const signer: Signer = { ...verifier('mindet.example/csto', createPublicKey(key), 'log'), privateKey: key };
const NOW = new Date('2024-06-01T00:00:00.000Z');
const clock = () => NOW;

async function freshLedger() {
  const database = await freshDatabase();
  await migrate(database.url, ['event-store', 'ledger']);
  const db = createPool(database.url, { max: 8, applicationName: 'ledger spec' });
  const store = postgresEventStore(db);
  return {
    db,
    store,
    async close() {
      await store.close();
      await db.end();
      await database.drop();
    },
  };
}

const recorded = async (count: number): Promise<RecordedEvent[]> => {
  const store = inMemoryEventStore();
  await store.append(someStream(), someEvents(count), 'none');
  return readRest(store, '0');
};

function rootOf(hashes: readonly Hash[]): Hash {
  if (hashes.length <= 1) return joined(hashes);
  const k = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

const leavesOf = (events: readonly RecordedEvent[]): Hash[] => events.map((event) => leafHash(canonicalEvent(event)));

describe('the tree in PostgreSQL', () => {
  let ledger: Awaited<ReturnType<typeof freshLedger>>;
  let events: RecordedEvent[];
  const sizes = [0, 1, 255, 256, 300, 511, 512, 700];
  beforeAll(async () => {
    ledger = await freshLedger();
    events = await recorded(700);
    await makeCheckpoint(ledger.db, [signer], clock);
    for (const [n, size] of sizes.entries()) {
      // Known anew each time, as after a restart.
      if (n > 0) await extend(ledger.db, await readTree(ledger.db), events.slice(sizes[n - 1], size));
      await makeCheckpoint(ledger.db, [signer], clock);
    }
  });
  afterAll(() => ledger.close());

  it.each(sizes)('has the root of its events when it had %i of them', async (size) => {
    expect(await rootAt(ledger.db, size)).toEqual(rootOf(leavesOf(events.slice(0, size))));
  });

  it('proves each event under the first checkpoint that covers it, and under any later one', async () => {
    for (const index of [0, 1, 254, 255, 256, 299, 510, 512, 699]) {
      const event = events[index]!;
      const first = await proveInclusion(ledger.db, event.position);
      expect(isProven(canonicalEvent(event), parseProof(proofText(first!)), signer)?.size).toBe(sizes.find((size) => size > index));
      const last = await proveInclusion(ledger.db, event.position, 700);
      expect(isProven(canonicalEvent(event), last!, signer)?.size).toBe(700);
      expect(isProven(canonicalEvent({ ...event, type: 'SomethingElse' }), last!, signer)).toBeUndefined();
    }
    expect(await proveInclusion(ledger.db, events[600]!.position, 300)).toBeUndefined();
    expect(await proveInclusion(ledger.db, '701')).toBeUndefined();
  });

  it('proves that each checkpoint continues each earlier one', async () => {
    for (const from of sizes) {
      for (const to of sizes.filter((size) => size >= from)) {
        const proof = (await proveConsistency(ledger.db, from, to))!;
        const [earlier, later] = [proof.from, proof.to].map(({ note }) => openCheckpoint(note, signer).checkpoint);
        expect(isConsistent(from, earlier!.root, to, later!.root, proof.path)).toBe(true);
      }
    }
    expect(await proveConsistency(ledger.db, 299, 700)).toBeUndefined();
  });

  it('reads few rows for a proof, however long the log', async () => {
    const { rows } = await ledger.db.query<{ tiles: string }>('select count(*) as tiles from ledger.tile');
    expect(Number(rows[0]!.tiles)).toBe(1);
  });

  it('is grown by one process alone, and by none half', async () => {
    const tree = await readTree(ledger.db);
    const stale = { ...tree, size: 512 };
    await expect(extend(ledger.db, stale, events.slice(0, 1))).rejects.toThrow(TreeMoved);
    expect((await readTree(ledger.db)).size).toBe(700);
  });

  it('of a size is signed once', async () => {
    const again = await makeCheckpoint(ledger.db, [signer], () => new Date(0));
    expect(again).toEqual(await latestCheckpoint(ledger.db));
    expect(again.madeAt).toBe(NOW.toISOString());
  });

  it.each(['update ledger.leaf set hash = hash', 'delete from ledger.checkpoint', 'truncate ledger.cosignature'])(
    'is not changed: %s is refused by the database itself',
    async (statement) => {
      await expect(ledger.db.query(statement)).rejects.toThrow('never changed or removed');
    },
  );
});

describe('the keys of a ledger', () => {
  const [first, second, third] = [4, 5, 6].map((byte) => privateKey(Buffer.alloc(32, byte))) as [KeyObject, KeyObject, KeyObject];

  it('are known from their first use on, and a new one only beside one that is known', async () => {
    const { db, close } = await freshLedger();
    const [signer] = await enrol(db, { current: first, origin: 'mindet.example/csto' }, clock);
    expect(signer!.name).toBe('mindet.example/csto');
    await expect(enrol(db, { current: second }, clock)).rejects.toThrow(LedgerKeysUnknown);
    await expect(enrol(db, { current: first, origin: 'mindet.example/other' }, clock)).rejects.toThrow('a log keeps its name');

    const both = await enrol(db, { current: second, previous: first }, clock);
    await extend(db, await readTree(db), await recorded(1));
    const { note } = await makeCheckpoint(db, both, clock);
    for (const known of await publicKeys(db)) expect(openCheckpoint(note, known).checkpoint.size).toBe(1);
    expect(await publicKeys(db)).toHaveLength(2);

    const [alone] = await enrol(db, { current: second }, clock);
    expect(alone!.name).toBe('mindet.example/csto');
    await expect(enrol(db, { current: third }, clock)).rejects.toThrow(LedgerKeysUnknown);
    await close();
  });

  it('name the log once, also where several processes start at once', async () => {
    const { db, close } = await freshLedger();
    const enrolled = await Promise.all(Array.from({ length: 8 }, () => enrol(db, { current: first }, clock)));
    expect(new Set(enrolled.map(([signer]) => signer!.name)).size).toBe(1);
    await close();
  });
});

describe('witnesses', () => {
  let ledger: Awaited<ReturnType<typeof freshLedger>>;
  const witnessKey = privateKey(Buffer.alloc(32, 3));
  const witness = verifier('mfa.example/witness', createPublicKey(witnessKey), 'cosignature');
  const seconds = NOW.getTime() / 1000;
  let text: string;
  const lineAt = (time: number) => signatureLine(cosigned(text, witness, witnessKey, time));
  beforeAll(async () => {
    ledger = await freshLedger();
    await extend(ledger.db, await readTree(ledger.db), await recorded(3));
    text = parseNote((await makeCheckpoint(ledger.db, [signer], clock)).note).text;
    await registerWitness(ledger.db, { name: witness.name, key: verifierLine(witness), state: 'KG' }, 'liaison-kg', clock);
  });
  afterAll(() => ledger.close());

  it('are known by name, and keep their key', async () => {
    await registerWitness(ledger.db, { name: witness.name, key: verifierLine(witness), state: 'KG' }, 'liaison-kg', clock);
    expect(await listWitnesses(ledger.db)).toEqual([{ name: witness.name, key: verifierLine(witness), state: 'KG' }]);
    await expect(registerWitness(ledger.db, { name: witness.name, key: verifierLine(witness), state: 'TJ' }, 'liaison-tj', clock)).rejects.toThrow(WitnessTaken);
  });

  it('sign beside the log, and once', async () => {
    await addCosignature(ledger.db, 3, lineAt(seconds), 'KG', clock);
    const { note } = await addCosignature(ledger.db, 3, lineAt(seconds + 1), 'KG', clock);
    const { signatures } = parseNote(note);
    expect(signatures).toHaveLength(2);
    expect(openCosignature(text, signatures[1]!, witness)?.time).toBe(seconds);
    expect(openCheckpoint(note, signer).checkpoint.size).toBe(3);
  });

  it('are refused for another state, another checkpoint, a forged signature, or a time that has not come', async () => {
    const { db } = ledger;
    const forged = parseSignature(lineAt(seconds).trimEnd());
    forged.bytes[20]! ^= 1;
    await expect(addCosignature(db, 3, lineAt(seconds), 'TJ', clock)).rejects.toThrow(expect.objectContaining({ reason: 'unknown-witness' }));
    await expect(addCosignature(db, 2, lineAt(seconds), 'KG', clock)).rejects.toThrow(expect.objectContaining({ reason: 'unknown-checkpoint' }));
    await expect(addCosignature(db, 3, signatureLine(forged), 'KG', clock)).rejects.toThrow(expect.objectContaining({ reason: 'not-verified' }));
    await expect(addCosignature(db, 3, lineAt(seconds + 3600), 'KG', clock)).rejects.toThrow(expect.objectContaining({ reason: 'in-the-future' }));
  });
});

describe('the ledger of a live log', () => {
  it('follows every event, signs on wish, and goes on after another process stops', async () => {
    const { db, store, close } = await freshLedger();
    const news = wakeUps(db.options, CHECKPOINT_CHANNEL, 50);
    const troubles: unknown[] = [];
    const keep = (ending: AbortSignal) =>
      keepLedger({ db, store, signers: [signer], clock, checkpointEvery: 600_000, ending, onTrouble: (error) => troubles.push(error) });
    const [first, second] = [new AbortController(), new AbortController()];
    const keepers = [keep(first.signal), keep(second.signal)];
    const covered = async (size: number): Promise<boolean> => {
      if (((await latestCheckpoint(db))?.size ?? 0) >= size) return true;
      await db.query(`notify ${WANTED_CHANNEL}`);
      return false;
    };
    const waiting = AbortSignal.timeout(20_000);

    await Promise.all(Array.from({ length: 8 }, () => store.append(someStream(), someEvents(40), 'none')));
    expect(await until(() => covered(320), news, waiting)).toBe(true);
    first.abort();
    await keepers[0];
    await store.append(someStream(), someEvents(40), 'none');
    expect(await until(() => covered(360), news, waiting)).toBe(true);
    second.abort();
    await Promise.all([...keepers, news.close()]);

    const { checkpoint } = openCheckpoint((await latestCheckpoint(db))!.note, signer);
    const events = await readRest(store, '0');
    expect(checkpoint.root).toEqual(rootOf(leavesOf(events)));
    expect(troubles).toEqual([]);
    await close();
  });

  it('that ends before what the ledger has is not followed: what comes would stand in the wrong place', async () => {
    const { db, store, close } = await freshLedger();
    await extend(db, await readTree(db), await recorded(3));
    const ending = new AbortController();
    const troubles: unknown[] = [];
    const onTrouble = (error: unknown) => {
      troubles.push(error);
      ending.abort();
    };
    await keepLedger({ db, store, signers: [signer], clock, checkpointEvery: 600_000, ending: ending.signal, onTrouble });
    expect(troubles).toEqual([expect.any(LedgerInconsistent)]);
    await close();
  });

  it('whose tables were changed behind its back is not signed again', async () => {
    const { db, close } = await freshLedger();
    const events = await recorded(3);
    await extend(db, await readTree(db), events.slice(0, 2));
    await makeCheckpoint(db, [signer], clock);
    await extend(db, await readTree(db), events.slice(2));
    await db.query('alter table ledger.leaf disable trigger all');
    await db.query(`update ledger.leaf set hash = sha256('forged') where index = 1`);
    await expect(makeCheckpoint(db, [signer], clock)).rejects.toThrow(LedgerInconsistent);
    await close();
  });
});

describe('an export', () => {
  async function* linesOf(lines: readonly Buffer[]) {
    yield* lines;
  }
  const verdictOn = async (lines: readonly Buffer[], of: readonly Buffer[]) =>
    verifyExport(linesOf(lines), { origin: signer.name, size: of.length, root: rootOf(of.map(leafHash)) });

  it('of any length is verified, offline', async () => {
    for (const count of [1, 255, 256, 257, 5_000]) {
      const lines = (await recorded(count)).map(canonicalEvent);
      expect(await verdictOn(lines, lines)).toEqual({ holds: true, events: count });
    }
    expect(await verdictOn([], [])).toEqual({ holds: true, events: 0 });
  });

  it('is found out with one bit flipped, one event dropped, two swapped, one put in, or the end cut off', async () => {
    const lines = (await recorded(600)).map(canonicalEvent);
    for (const bit of [0, 999, 8 * lines[300]!.length - 1]) {
      const flipped = Buffer.from(lines[300]!);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(await verdictOn(lines.with(300, flipped), lines)).toMatchObject({ holds: false });
    }
    expect(await verdictOn(lines.toSpliced(300, 1), lines)).toMatchObject({ holds: false, events: 599 });
    expect(await verdictOn(lines.with(300, lines[301]!).with(301, lines[300]!), lines)).toMatchObject({ holds: false, line: 302 });
    expect(await verdictOn(lines.toSpliced(300, 0, lines[10]!), lines)).toMatchObject({ holds: false, line: 301 });
    expect(await verdictOn(lines.slice(0, -1), lines)).toMatchObject({ holds: false });
    expect(await verdictOn([...lines, Buffer.alloc(0)], lines)).toMatchObject({ holds: false, line: 601 });
  });
});
