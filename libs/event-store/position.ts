import type { Position } from './event-store.js';

/** Negative, zero or positive, as for sorting. Safe beyond 2^53: a longer canonical decimal is the greater. */
export function comparePositions(a: Position, b: Position): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A canonical decimal that fits PostgreSQL's bigint and KurrentDB's commit positions (63 bits). */
export function isPosition(text: string): boolean {
  return /^(0|[1-9]\d{0,18})$/.test(text) && comparePositions(text, '9223372036854775806') <= 0;
}
