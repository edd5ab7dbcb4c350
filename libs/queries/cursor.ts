import { createHash } from 'node:crypto';
import { isPosition } from '#event-store/position.js';
import type { Position } from '#event-store/event-store.js';

/** Where a list goes on: after which row, and at which moment, so that every page of one list is of the same moment. */
export type Cursor = { readonly position: Position; readonly after: readonly (string | number)[] };

/**
 * Opaque text for a cursor of one list: the door with its filters. Another list does not take it.
 */
export function encodeCursor(list: string, { position, after }: Cursor): string {
  return Buffer.from(JSON.stringify([fingerprint(list), position, ...after])).toString('base64url');
}

/** `undefined` for what is not a cursor of this list. `shape` holds an example of each part of `after`. */
export function decodeCursor(list: string, text: string, shape: readonly (string | number)[]): Cursor | undefined {
  const parts = parsed(text);
  if (!Array.isArray(parts) || parts.length !== shape.length + 2) return undefined;
  const [print, position, ...after] = parts as unknown[];
  if (print !== fingerprint(list) || typeof position !== 'string' || !isPosition(position)) return undefined;
  if (!after.every((part, index) => typeof part === typeof shape[index] && isStorable(part))) return undefined;
  return { position, after: after as (string | number)[] };
}

/** Cursors are not signed, and a forged one must not reach PostgreSQL with what its text and integer cannot be. */
const isStorable = (part: unknown): boolean =>
  typeof part === 'string' ? part.isWellFormed() && !part.includes('\0') : Number.isInteger(part) && (part as number) >= 0 && (part as number) < 2 ** 31;

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const fingerprint = (list: string) => createHash('sha256').update(list).digest('base64url').slice(0, 8);
