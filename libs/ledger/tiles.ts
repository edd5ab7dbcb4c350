import { joined, nodeHash, subtreesOf, type Hash, type Subtree } from './merkle-tree.js';

/**
 * Up to 256 hashes side by side, from the left: those of full subtrees of height `8 · level`. All of a tree's nodes are in its
 * tiles or follow from one of them, so that a proof reads few rows (the layout of https://c2sp.org/tlog-tiles).
 */
export type Tile = TileId & { readonly hashes: Buffer };
export type TileId = { readonly level: number; readonly index: number };

const HEIGHT = 8;
const WIDTH = 2 ** HEIGHT;
const BYTES = 32;

/** The tile that a full subtree's hash follows from. */
export function tileOf({ level, index }: Subtree): TileId {
  const within = level % HEIGHT;
  return { level: (level - within) / HEIGHT, index: Math.floor((index * 2 ** within) / WIDTH) };
}

/** The hash of a full subtree, from its tile. */
export function hashWithin({ hashes }: Pick<Tile, 'hashes'>, { level, index }: Subtree): Hash {
  const count = 2 ** (level % HEIGHT);
  const first = (index * count) % WIDTH;
  if (hashes.length < (first + count) * BYTES) throw new RangeError(`the tile has no full subtree ${index} of height ${level}`);
  return folded(hashes.subarray(first * BYTES, (first + count) * BYTES));
}

/** The last tile of each level that is not full, from the lowest level: all that a tree needs to be known of to grow. */
export type Edge = readonly Buffer[];

/** Which tiles an edge is, in a tree of a size. */
export function edgeOf(size: number): TileId[] {
  const tiles: TileId[] = [];
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / WIDTH)) {
    tiles.push({ level, index: Math.floor(hashes / WIDTH) });
  }
  return tiles;
}

/**
 * A tree with further leaves.
 * @param edge of the tree of that size
 * @returns the edge, and the tiles that are new or other than before
 */
export function grown(size: number, edge: Edge, leaves: readonly Hash[]): { edge: Edge; tiles: Tile[] } {
  const tiles: Tile[] = [];
  const after: Buffer[] = [];
  let added = leaves;
  for (let level = 0, before = size; added.length > 0 || edge[level] !== undefined; level += 1, before = Math.floor(before / WIDTH)) {
    const hashes = Buffer.concat([edge[level] ?? Buffer.alloc(0), ...added]);
    const full: Hash[] = [];
    for (let from = 0, index = Math.floor(before / WIDTH); from < hashes.length; from += WIDTH * BYTES, index += 1) {
      const tile = hashes.subarray(from, from + WIDTH * BYTES);
      if (added.length > 0) tiles.push({ level, index, hashes: tile });
      if (tile.length === WIDTH * BYTES) full.push(folded(tile));
    }
    after.push(hashes.subarray(full.length * WIDTH * BYTES));
    added = full;
  }
  return { edge: after, tiles };
}

/** The root of the tree of a size. */
export function rootOfEdge(size: number, edge: Edge): Hash {
  const levels = new Map(edgeOf(size).map(({ level }, n) => [level, edge[n]!]));
  return joined(subtreesOf({ begin: 0, end: size }).map((subtree) => hashWithin({ hashes: levels.get(tileOf(subtree).level)! }, subtree)));
}

/** The root of the full subtree over hashes side by side, of which there are a power of two. */
function folded(hashes: Buffer): Hash {
  let level = Array.from({ length: hashes.length / BYTES }, (_, n) => hashes.subarray(n * BYTES, (n + 1) * BYTES));
  while (level.length > 1) level = Array.from({ length: level.length / 2 }, (_, n) => nodeHash(level[2 * n]!, level[2 * n + 1]!));
  return level[0]!;
}
