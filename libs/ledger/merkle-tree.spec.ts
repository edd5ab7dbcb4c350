import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  consistencyPath,
  EMPTY_ROOT,
  inclusionPath,
  isConsistent,
  isIncluded,
  joined,
  leafHash,
  nodeHash,
  subtreesOf,
  type Hash,
  type Leaves,
} from './merkle-tree.js';

/** The entries and roots of the reference tests of Certificate Transparency (RFC 6962 and RFC 9162 have the same tree). */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
  Buffer.from(hex, 'hex'),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
/** Index, size, hashes. */
const INCLUSIONS: readonly [number, number, readonly string[]][] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
/** From, to, hashes. */
const CONSISTENCIES: readonly [number, number, readonly string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const hash = (hex: string): Hash => Buffer.from(hex, 'hex');
const reference = ENTRIES.map(leafHash);

/** RFC 9162 section 2.1.1, word for word: the tree by its definition. */
function mth(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** The hashes of a path, from the full subtrees that a ledger would keep. */
const hashes = (leaves: readonly Hash[], path: readonly Leaves[]): Hash[] =>
  path.map((range) => joined(subtreesOf(range).map(({ level, index }) => mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)))));

const numbered = (count: number): Hash[] => Array.from({ length: count }, (_, n) => leafHash(Buffer.from(String(n))));

describe('the reference tree', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))('of %i entries has its root', (size, root) => {
    const subtrees = subtreesOf({ begin: 0, end: size }).map(({ level, index }) =>
      mth(reference.slice(index * 2 ** level, (index + 1) * 2 ** level)),
    );
    expect(joined(subtrees).toString('hex')).toBe(root);
  });

  it.each(INCLUSIONS)('proves that entry %i is among %i', (index, size, path) => {
    expect(hashes(reference, inclusionPath(index, size)).map((one) => one.toString('hex'))).toEqual(path);
    expect(isIncluded(reference[index]!, index, path.map(hash), size, hash(ROOTS[size]!))).toBe(true);
  });

  it.each(CONSISTENCIES)('proves that %i entries grew to %i', (from, to, path) => {
    expect(hashes(reference, consistencyPath(from, to)).map((one) => one.toString('hex'))).toEqual(path);
    expect(isConsistent(from, hash(ROOTS[from]!), to, hash(ROOTS[to]!), path.map(hash))).toBe(true);
  });
});

describe('any tree', () => {
  const sizes = fc.integer({ min: 1, max: 70 });

  it('of the same leaves has the root that its definition gives', () => {
    expect(joined([])).toEqual(EMPTY_ROOT);
    for (let size = 1; size <= 70; size++) {
      const leaves = numbered(size);
      expect(hashes(leaves, [{ begin: 0, end: size }])[0]).toEqual(mth(leaves));
    }
  });

  it('proves each of its entries, and nothing else', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, seed, otherSeed) => {
        const leaves = numbered(size);
        const root = mth(leaves);
        const index = seed % size;
        const path = hashes(leaves, inclusionPath(index, size));
        expect(isIncluded(leaves[index]!, index, path, size, root)).toBe(true);
        const other = otherSeed % size;
        if (other !== index) {
          expect(isIncluded(leaves[other]!, index, path, size, root)).toBe(false);
          expect(isIncluded(leaves[index]!, other, path, size, root)).toBe(false);
        }
        expect(isIncluded(leaves[index]!, index, [...path, root], size, root)).toBe(false);
        if (path.length > 0) expect(isIncluded(leaves[index]!, index, path.slice(1), size, root)).toBe(false);
        expect(isIncluded(leaves[index]!, index, path, size, leafHash(root))).toBe(false);
      }),
    );
  });

  it('proves that it grew from each smaller one, and from no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (to, seed) => {
        const leaves = numbered(to);
        const from = seed % (to + 1);
        const [fromRoot, toRoot] = [mth(leaves.slice(0, from)), mth(leaves)];
        const path = hashes(leaves, consistencyPath(from, to));
        expect(isConsistent(from, fromRoot, to, toRoot, path)).toBe(true);
        if (from === 0) return;
        const forged = mth([leafHash(Buffer.from('forged')), ...leaves.slice(1, from)]);
        expect(isConsistent(from, forged, to, toRoot, path)).toBe(false);
        expect(isConsistent(from, fromRoot, to, forged, path)).toBe(false);
        expect(isConsistent(from, fromRoot, to, toRoot, [...path, toRoot])).toBe(false);
        if (path.length > 0) expect(isConsistent(from, fromRoot, to, toRoot, path.slice(0, -1))).toBe(false);
      }),
    );
  });

  it('of 2^40 entries is proved as well as a small one: the paths are right beyond 32 bits', () => {
    const size = 2 ** 40 + 3;
    const lengths = inclusionPath(2 ** 40 + 1, size).map(({ begin, end }) => end - begin);
    expect(lengths).toEqual([1, 1, 2 ** 40]);
    expect(consistencyPath(2 ** 40, size).map(({ begin, end }) => [begin, end])).toEqual([[2 ** 40, size]]);
    expect(subtreesOf({ begin: 2 ** 40, end: size })).toEqual([
      { level: 1, index: 2 ** 39 },
      { level: 0, index: 2 ** 40 + 2 },
    ]);
  });

  it.each([
    [-1, 3],
    [3, 3],
    [0.5, 3],
    [0, 0],
  ])('has no proof for entry %d of %d', (index, size) => {
    expect(() => inclusionPath(index, size)).toThrow(RangeError);
  });

  it('does not grow smaller', () => {
    expect(() => consistencyPath(4, 3)).toThrow(RangeError);
    expect(isConsistent(4, EMPTY_ROOT, 3, EMPTY_ROOT, [])).toBe(false);
  });
});
