import { createHash } from 'node:crypto';

/** SHA-256, 32 bytes. */
export type Hash = Buffer;

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** RFC 9162 section 2.1.1: `MTH({})`. */
export const EMPTY_ROOT: Hash = createHash('sha256').digest();

/** RFC 9162 section 2.1.1: `MTH({d})`. */
export const leafHash = (data: Uint8Array): Hash => createHash('sha256').update(LEAF).update(data).digest();

export const nodeHash = (left: Hash, right: Hash): Hash => createHash('sha256').update(NODE).update(left).update(right).digest();

/** The leaves from `begin` up to, without, `end`. */
export type Leaves = { readonly begin: number; readonly end: number };

/** The tree over the leaves from `index · 2^level` to `(index + 1) · 2^level`: once it is full it never changes. */
export type Subtree = { readonly level: number; readonly index: number };

/**
 * What the hashes of an inclusion proof are the hashes of, from the leaf's sibling upwards.
 * RFC 9162 section 2.1.3.1: `PATH(index, D[size])`.
 */
export function inclusionPath(index: number, size: number): Leaves[] {
  requireWithin(index, 0, size - 1);
  const path: Leaves[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + split(end - begin);
    if (index < middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  return path.toReversed();
}

/**
 * What the hashes of a consistency proof between the trees of two sizes are the hashes of.
 * RFC 9162 section 2.1.4.1: `PROOF(from, D[to])`. An empty tree is consistent with every other, and needs no proof.
 */
export function consistencyPath(from: number, to: number): Leaves[] {
  requireWithin(from, 0, to);
  if (from === 0 || from === to) return [];
  const path: Leaves[] = [];
  let [begin, end] = [0, to];
  while (from !== end) {
    const middle = begin + split(end - begin);
    if (from <= middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  // The verifier knows the old tree whole; only a part of it must be shown.
  if (begin > 0) path.push({ begin, end });
  return path.toReversed();
}

/** The full subtrees that leaves from a proof's path, or of a whole tree, are made of, from left to right. */
export function subtreesOf({ begin, end }: Leaves): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = begin; at < end; ) {
    const level = Math.floor(Math.log2(split(end - at + 1)));
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return subtrees;
}

/** The hash over leaves from the hashes of their subtrees, from left to right. */
export const joined = (subtrees: readonly Hash[]): Hash =>
  subtrees.length === 0 ? EMPTY_ROOT : subtrees.reduceRight((right, left) => nodeHash(left, right));

/**
 * RFC 9162 section 2.1.3.2.
 * @param leaf the leaf's hash
 * @param path from the leaf's sibling upwards
 */
export function isIncluded(leaf: Hash, index: number, path: readonly Hash[], size: number, root: Hash): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** RFC 9162 section 2.1.4.2, with the trivial proofs of equal trees and of the empty one. */
export function isConsistent(from: number, fromRoot: Hash, to: number, toRoot: Hash, path: readonly Hash[]): boolean {
  if (from > to) return false;
  if (from === to) return path.length === 0 && fromRoot.equals(toRoot);
  if (from === 0) return path.length === 0 && fromRoot.equals(EMPTY_ROOT);
  let [at, last] = [from - 1, to - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  // Where the old tree is itself a full subtree, its root is the first hash, and is not sent.
  const [first, ...rest] = at === 0 ? [fromRoot, ...path] : path;
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeHash(newer, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && older.equals(fromRoot) && newer.equals(toRoot);
}

/** The largest power of two that is less than `size`, which is at least 2. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

// Sizes may exceed what bitwise operators keep.
const half = (n: number): number => Math.floor(n / 2);

function requireWithin(value: number, least: number, most: number): void {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    throw new RangeError(`${value} is not from ${least} to ${most}`);
  }
}
