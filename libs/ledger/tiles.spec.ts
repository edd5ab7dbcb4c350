import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joined, leafHash, nodeHash, subtreesOf, type Hash } from './merkle-tree.js';
import { edgeOf, grown, hashWithin, tileOf, type Edge, type Tile, type TileId } from './tiles.js';

const nameOf = ({ level, index }: TileId): string => `${level}/${index}`;
const leaves = Array.from({ length: 70_000 }, (_, n) => leafHash(Buffer.from(String(n))));

/** A tree that grew by steps, with all of its tiles. */
function tree(steps: readonly number[]) {
  const tiles = new Map<string, Tile>();
  let size = 0;
  let edge: Edge = [];
  for (const step of steps) {
    const more = grown(size, edge, leaves.slice(size, size + step));
    for (const tile of more.tiles) tiles.set(nameOf(tile), tile);
    edge = more.edge;
    size += step;
  }
  return { size, edge, tiles };
}

/** By definition, level by level. */
function rootOf(hashes: readonly Hash[]): Hash {
  if (hashes.length === 1) return hashes[0]!;
  const k = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
}

const rootFrom = (tiles: ReadonlyMap<string, Tile>, size: number): Hash =>
  joined(subtreesOf({ begin: 0, end: size }).map((subtree) => hashWithin(tiles.get(nameOf(tileOf(subtree)))!, subtree)));

describe('tiles', () => {
  it.each([1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 70_000])('hold the whole tree of %i leaves', (size) => {
    const { tiles } = tree([size]);
    expect(rootFrom(tiles, size)).toEqual(rootOf(leaves.slice(0, size)));
  });

  it('are the same by whatever steps the tree grew, and hold each smaller tree', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(steps, fc.nat(), (grew, seed) => {
        const { size, tiles, edge } = tree(grew);
        const once = tree([size]);
        expect(tiles).toEqual(once.tiles);
        expect(edge).toEqual(once.edge);
        const smaller = 1 + (seed % size);
        expect(rootFrom(tiles, smaller)).toEqual(rootOf(leaves.slice(0, smaller)));
      }),
      { numRuns: 30 },
    );
  });

  it.each([0, 1, 255, 256, 300, 65_536, 65_793])('at the edge of a tree of %i are what it needs to be known of to grow', (size) => {
    const { tiles, edge } = tree([size]);
    const known = edgeOf(size).map((id) => tiles.get(nameOf(id))?.hashes ?? Buffer.alloc(0));
    expect(grown(size, known, leaves.slice(size, size + 300)).tiles).toEqual(grown(size, edge, leaves.slice(size, size + 300)).tiles);
  });

  it('of a tree that does not grow do not change', () => {
    const { size, edge } = tree([300]);
    expect(grown(size, edge, [])).toEqual({ edge, tiles: [] });
  });

  it('tell where a subtree is not full yet', () => {
    expect(() => hashWithin({ hashes: Buffer.alloc(32 * 3) }, { level: 1, index: 1 })).toThrow(RangeError);
  });
});
