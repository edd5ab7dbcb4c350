import { createPublicKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { readRest, someEvents } from '#event-store/testing/some-events.js';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { checkpointText } from '#ledger/checkpoint.js';
import { leafHash, nodeHash } from '#ledger/merkle-tree.js';
import { noteOf, privateKey, signed, verifier, verifierLine } from '#ledger/signed-note.js';
import { mindet } from './testing/mindet.js';

const key = privateKey(Buffer.alloc(32, 1));
const log = verifier('mindet.example/csto', createPublicKey(key), 'log');

describe('mindet verify-export', () => {
  let folder: string;
  let lines: Buffer[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mindet-export-'));
    const store = inMemoryEventStore();
    await store.append('priority-csto-2024.2', someEvents(2), 'none');
    lines = (await readRest(store, '0')).map(canonicalEvent);
    const text = checkpointText({ origin: log.name, size: 2, root: nodeHash(leafHash(lines[0]!), leafHash(lines[1]!)) });
    await writeFile(join(folder, 'checkpoint'), noteOf({ text, signatures: [signed(text, log, key)] }));
    await writeFile(join(folder, 'key'), `${verifierLine(log)}\n`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Away from any database, with nothing but the three files. */
  const verify = async (content: readonly Buffer[], publicKey = verifierLine(log)) => {
    const file = join(folder, 'export.ndjson');
    await writeFile(file, content.map((line) => `${line.toString()}\n`).join(''));
    return mindet(['verify-export', file, '--checkpoint', join(folder, 'checkpoint'), '--key', publicKey], { DATABASE_URL: 'postgres://nowhere.invalid/none' });
  };

  it('says that an export holds', async () => {
    for (const publicKey of [verifierLine(log), join(folder, 'key')]) {
      const { code, stdout } = await verify(lines, publicKey);
      expect([code, stdout]).toEqual([0, 'holds: all 2 events that mindet.example/csto signed for, unchanged and in order\n']);
    }
  });

  it('says what is wrong with one that does not', async () => {
    const changed = Buffer.from(lines[1]!.toString().replace('"n":1', '"n":2'));
    const { code, stdout, stderr } = await verify([lines[0]!, changed]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('does not hold: an event is not what it was when the checkpoint was signed');
    expect((await verify(lines.toReversed())).stderr).toContain('does not hold: the event in line 2 does not come after the one before it');
    expect((await verify(lines.slice(1))).stderr).toContain('does not hold: the export has 1 events, and the checkpoint covers 2');
  });

  it('trusts no other key, and says so in a line', async () => {
    const other = verifierLine(verifier(log.name, createPublicKey(privateKey(Buffer.alloc(32, 2))), 'log'));
    const { code, stderr } = await verify(lines, other);
    expect([code, stderr]).toEqual([2, 'error: the checkpoint is not signed with the key of its log\n']);
    expect((await verify(lines, 'nonsense')).stderr).toBe('error: a public key is name+id+base64 of an Ed25519 key\n');
  });

  it('says which file is not there', async () => {
    const { code, stderr } = await mindet(['verify-export', join(folder, 'none'), '--checkpoint', join(folder, 'checkpoint'), '--key', verifierLine(log)], {});
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: ENOENT: .*none/);
  });
});
