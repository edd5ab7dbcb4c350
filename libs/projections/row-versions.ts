import type { Position } from '#event-store/event-store.js';
import { applyChange, type AnyRow, type AnyTable, type Change } from './change.js';
import { OPEN } from './ddl.js';
import { recentMap } from './recent-map.js';

/** One version of a row, as it is written. */
export type Version = Record<string, unknown> & { valid_from: Position; valid_to: Position; born: boolean };

/** What a batch did to one table. */
export interface TableWrites {
  readonly table: AnyTable;
  /** Versions that began in the batch; some ended in it too. */
  readonly begun: readonly Version[];
  /** Key, `valid_from` and `valid_to` of versions that began before the batch and ended in it. */
  readonly ended: readonly AnyRow[];
}

/** What is known of a key: its present version, and whether it ever had one. */
type Known = { current: Version | undefined; existed: boolean; inBatch: boolean };

/** The present rows of one table, as far as they were met, and the versions that the batch at hand makes of them. */
export interface RowVersions {
  readonly table: AnyTable;
  /** Whether nothing is known of the key and it is met for the first time: `learn` must be told before a change is applied. */
  meets(key: AnyRow): boolean;
  /** The latest version that the table holds of the key, or where keys ascend of the greatest; or that it holds none. */
  learn(key: AnyRow, latest: Version | undefined): void;
  /** @param position of the event, never less than before */
  apply(change: Change, position: Position): void;
  /** What is to be written of the batch; the next one begins. */
  finishBatch(): TableWrites | undefined;
}

/**
 * @param capacity how many rows to remember from batch to batch
 * @param fromNothing whether the table is empty, so that a key which was never met has no row
 */
export function rowVersions(table: AnyTable, capacity: number, fromNothing: boolean): RowVersions {
  const rows = recentMap<Known>(capacity);
  const inBatch: Known[] = [];
  /** Of an ascending table. */
  let greatest: string | undefined;
  let hasLearnt = fromNothing;
  let begun: Version[] = [];
  let ended: AnyRow[] = [];

  function apply(change: Change, position: Position): void {
    if (table.ascending && !ascends(change.key)) return;
    const text = keyText(table, change.key);
    let known = rows.get(text);
    if (known === undefined) rows.set(text, (known = neverSeen()));
    const before = known.current;
    const after = applyChange(change, before);
    if (after === before) return;
    if (before !== undefined) {
      if (before.valid_from === position) known.existed = !before.born;
      else if (!known.inBatch) ended.push(ending(table, before, position));
      before.valid_to = position;
    }
    if (after === undefined) {
      known.current = undefined;
      return;
    }
    if (before !== undefined && change.kind === 'insert') requireSameIdentity(table, before, after);
    const version = after as Version;
    version.valid_from = position;
    version.valid_to = OPEN;
    version.born = !known.existed;
    known.existed = true;
    known.current = version;
    begun.push(version);
    if (!known.inBatch) {
      known.inBatch = true;
      inBatch.push(known);
    }
  }

  /** A key that is less than the greatest before it is passed over: it comes too late. */
  function ascends(key: AnyRow): boolean {
    const value = String(key[table.key[0]!]);
    if (greatest !== undefined && value < greatest) return false;
    greatest = value;
    return true;
  }

  return {
    table,
    meets(key) {
      // Where keys ascend, only the greatest may be met again.
      if (table.ascending) {
        const isUnknown = !hasLearnt;
        hasLearnt = true;
        return isUnknown;
      }
      if (fromNothing && !rows.forgetful) return false;
      const text = keyText(table, key);
      if (rows.get(text) !== undefined) return false;
      rows.set(text, neverSeen());
      return true;
    },
    learn(key, latest) {
      if (table.ascending) {
        if (!latest) return;
        greatest = String(latest[table.key[0]!]);
        rows.set(keyText(table, latest), { current: latest, existed: true, inBatch: false });
        return;
      }
      const current = latest?.valid_to === OPEN ? latest : undefined;
      rows.set(keyText(table, key), { current, existed: latest !== undefined, inBatch: false });
    },
    apply,
    finishBatch() {
      // What began and ended with the same event never was.
      const writes = { table, begun: begun.filter(({ valid_from, valid_to }) => valid_from !== valid_to), ended };
      begun = [];
      ended = [];
      for (const known of inBatch) known.inBatch = false;
      inBatch.length = 0;
      rows.forget();
      return writes.begun.length + writes.ended.length > 0 ? writes : undefined;
    },
  };
}

const neverSeen = (): Known => ({ current: undefined, existed: false, inBatch: false });

/** Tells any two keys apart, whatever characters they hold. */
function keyText(table: AnyTable, key: AnyRow): string {
  if (table.key.length === 1) return String(key[table.key[0]!]);
  let text = '';
  for (const column of table.key) {
    const part = String(key[column]);
    text += `${part.length}:${part}`;
  }
  return text;
}

function ending(table: AnyTable, version: Version, position: Position): AnyRow {
  const row: Record<string, unknown> = {};
  for (const column of table.key) row[column] = version[column];
  row['valid_from'] = version.valid_from;
  row['valid_to'] = position;
  return row;
}

function requireSameIdentity(table: AnyTable, before: AnyRow, after: AnyRow): void {
  for (const column of table.within) {
    if (before[column] !== after[column]) throw new Error(`${table.name}.${column} belongs to a key's identity and cannot change`);
  }
}
