import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkpointText, openCheckpoint, parseCheckpointText, UntrustedCheckpoint, type Checkpoint } from './checkpoint.js';
import { cosigned, openCosignature } from './cosignature.js';
import { isProven, parseProof, proofText } from './inclusion-proof.js';
import { EMPTY_ROOT, leafHash, nodeHash } from './merkle-tree.js';
import { MalformedNote, noteOf, parseNote, privateKey, signed, verifier } from './signed-note.js';

const key = privateKey(Buffer.alloc(32, 1));
const log = verifier('mindet.example/csto', createPublicKey(key), 'log');
const witnessKey = privateKey(Buffer.alloc(32, 2));
const witness = verifier('mfa.example/witness', createPublicKey(witnessKey), 'cosignature');

const [first, second] = [Buffer.from('{"a":1}'), Buffer.from('{"b":2}')];
const checkpoint: Checkpoint = { origin: log.name, size: 2, root: nodeHash(leafHash(first), leafHash(second)) };
const text = checkpointText(checkpoint);
const note = noteOf({ text, signatures: [signed(text, log, key)] });

describe('a checkpoint', () => {
  it('is read back as it was signed', () => {
    expect(openCheckpoint(note, log).checkpoint).toEqual(checkpoint);
    expect(parseCheckpointText(checkpointText({ origin: 'x', size: 0, root: EMPTY_ROOT }))).toEqual({ origin: 'x', size: 0, root: EMPTY_ROOT });
  });

  it('of another log, without the key of its log, or changed after it was signed is not trusted', () => {
    const other = verifier('mindet.example/other', createPublicKey(key), 'log');
    expect(() => openCheckpoint(note, other)).toThrow(UntrustedCheckpoint);
    const unsigned = noteOf({ text, signatures: [cosigned(text, witness, witnessKey, 1_700_000_000)] });
    expect(() => openCheckpoint(unsigned, log)).toThrow(UntrustedCheckpoint);
    expect(() => openCheckpoint(note.replace('\n2\n', '\n3\n'), log)).toThrow(UntrustedCheckpoint);
  });

  it.each(['x\n', 'x\n1\n', `x\n01\n${EMPTY_ROOT.toString('base64')}\n`, `x\n1\nAAAA\n`, `\n1\n${EMPTY_ROOT.toString('base64')}\n`])(
    'is refused where it is not one: %j',
    (broken) => {
      expect(() => parseCheckpointText(broken)).toThrow(MalformedNote);
    },
  );
});

describe('a cosignature', () => {
  const line = cosigned(text, witness, witnessKey, 1_700_000_000);

  it('says that the witness saw the checkpoint, and when', () => {
    const cosignedNote = parseNote(noteOf({ text, signatures: [signed(text, log, key), line] }));
    expect(openCosignature(text, cosignedNote.signatures[1]!, witness)).toEqual({ time: 1_700_000_000, signature: line });
    expect(openCheckpoint(noteOf(cosignedNote), log).checkpoint).toEqual(checkpoint);
  });

  it('is none over another checkpoint, at another time, or by another', () => {
    const later = Buffer.from(line.bytes);
    later.writeBigUInt64BE(1_700_000_001n);
    const impostor = verifier(witness.name, createPublicKey(key), 'cosignature');
    expect(openCosignature(text.replace('\n2\n', '\n3\n'), line, witness)).toBeUndefined();
    expect(openCosignature(text, { ...line, bytes: later }, witness)).toBeUndefined();
    expect(openCosignature(text, line, impostor)).toBeUndefined();
    expect(openCosignature(text, cosigned(text, impostor, key, 1), witness)).toBeUndefined();
  });
});

describe('an inclusion proof', () => {
  const proof = { index: 1, path: [leafHash(first)], checkpoint: note };

  it('is text that shows the event to be in the log', () => {
    const read = parseProof(proofText(proof));
    expect(read).toEqual(proof);
    expect(isProven(second, read, log)).toEqual(checkpoint);
  });

  it('shows nothing of any other bytes or place', () => {
    expect(isProven(first, proof, log)).toBeUndefined();
    expect(isProven(second, { ...proof, index: 0 }, log)).toBeUndefined();
  });

  it('may carry something extra, which is passed over', () => {
    expect(parseProof(proofText(proof).replace('index', 'extra AAAA\nindex'))).toEqual(proof);
  });

  it.each([
    '',
    'c2sp.org/tlog-proof@v2\nindex 1\n\nx',
    'c2sp.org/tlog-proof@v1\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 01\n\nx',
    'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx',
  ])('is refused where it is not one: %j', (broken) => {
    expect(() => parseProof(broken)).toThrow(MalformedNote);
  });
});
