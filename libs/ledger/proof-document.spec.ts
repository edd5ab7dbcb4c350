import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageRoot } from '#platform/package-root.js';
import { openCheckpoint } from './checkpoint.js';
import { openCosignature } from './cosignature.js';
import { isProven, parseProof, proofText } from './inclusion-proof.js';
import { isConsistent, leafHash, nodeHash } from './merkle-tree.js';
import { parseNote, parseVerifier } from './signed-note.js';
import { verifyExport } from './verify-export.js';

const page = readFileSync(join(packageRoot(), 'docs/proof.md'), 'utf8');
const vector = (name: string): string => new RegExp(`^\`\`\`vector ${name}\n([^]*?)^\`\`\``, 'm').exec(page)![1]!;
const lines = (name: string): string[] => vector(name).trimEnd().split('\n');

describe('the test vectors in docs/proof.md', () => {
  const [log, witness] = lines('keys').map(parseVerifier);
  const exported = lines('export').map((line) => Buffer.from(line));
  const hashes = lines('hashes');
  const proof = parseProof(vector('proof'));
  const later = openCheckpoint(proof.checkpoint, log!);

  it('have the hashes that are given', () => {
    const [first, second, third] = exported.map(leafHash);
    const two = nodeHash(first!, second!);
    expect([first, second, third, two, nodeHash(two, third!)].map((hash) => hash!.toString('hex'))).toEqual(hashes);
  });

  it('verify', async () => {
    const earlier = openCheckpoint(vector('earlier'), log!).checkpoint;
    expect(isProven(exported[1]!, proof, log!)).toEqual(later.checkpoint);
    expect(proofText(proof)).toBe(vector('proof'));
    expect(isConsistent(2, earlier.root, 3, later.checkpoint.root, [leafHash(exported[2]!)])).toBe(true);
    expect(openCosignature(later.note.text, parseNote(proof.checkpoint).signatures[1]!, witness!)?.time).toBe(1_704_300_000);
    async function* all() {
      yield* exported;
    }
    expect(await verifyExport(all(), later.checkpoint)).toEqual({ holds: true, events: 3 });
  });
});
