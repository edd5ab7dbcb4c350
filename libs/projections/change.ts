import type { Key, Patch, Row, RowInput, Table } from './table.js';

/** A row in memory, whatever its table. */
export type AnyRow = Readonly<Record<string, unknown>>;
// A table's type parameters stand in its functions' arguments too; this is any table at all.
export type AnyTable = Omit<Table, 'key' | 'within'> & { readonly key: readonly string[]; readonly within: readonly string[] };

/** What an event does to one row, as data. */
export type Change = {
  readonly table: AnyTable;
  /** Holds at least the key's columns. */
  readonly key: AnyRow;
} & (
  | { readonly kind: 'insert' | 'ensure'; readonly row: AnyRow }
  | { readonly kind: 'update'; readonly patch: AnyRow | ((row: never) => AnyRow); readonly where?: AnyRow }
  | { readonly kind: 'remove' }
);

/** The key has this row from now on, whether or not it had one. */
export const insert = <T extends AnyTable>(table: T, row: RowInput<T>): Change => ({
  kind: 'insert',
  table,
  key: row,
  row: row,
});

/** The key has this row from now on unless it has one already. */
export const ensure = <T extends AnyTable>(table: T, row: RowInput<T>): Change => ({
  kind: 'ensure',
  table,
  key: row,
  row: row,
});

/**
 * The key's row has these values from now on: given, or as a pure function of the row. Nothing happens where the key has
 * no row, or where a column (not a JSON one) differs from `where`.
 */
export const update = <T extends AnyTable>(
  table: T,
  key: Key<T>,
  patch: Patch<T> | ((row: Row<T>) => Patch<T>),
  where?: Partial<Row<T>>,
): Change => ({ kind: 'update', table, key, patch, where });

/** The key has no row from now on. */
export const remove = <T extends AnyTable>(table: T, key: Key<T>): Change => ({ kind: 'remove', table, key });

/** The row that the key has after the change; the same object where nothing changed. */
export function applyChange(change: Change, row: AnyRow | undefined): AnyRow | undefined {
  switch (change.kind) {
    case 'insert':
      return completeRow(change.table, change.row);
    case 'ensure':
      return row ?? completeRow(change.table, change.row);
    case 'remove':
      return undefined;
    case 'update':
      return row === undefined || !matches(row, change.where) ? row : patched(row, change.patch);
  }
}

function completeRow(table: AnyTable, given: AnyRow): AnyRow {
  const row: Record<string, unknown> = {};
  for (const name in table.columns) row[name] = given[name] ?? null;
  return row;
}

function matches(row: AnyRow, where: AnyRow | undefined): boolean {
  for (const name in where) if (row[name] !== (where[name] ?? null)) return false;
  return true;
}

function patched(row: AnyRow, patch: AnyRow | ((row: never) => AnyRow)): AnyRow {
  const values = typeof patch === 'function' ? patch(row as never) : patch;
  const next: Record<string, unknown> = { ...row };
  for (const name in values) if (values[name] !== undefined) next[name] = values[name];
  return next;
}
