import type { Position } from '#event-store/event-store.js';
import type { AnyRow, AnyTable } from './change.js';
import { arrayOf } from './array-literal.js';
import { inMemoryForm, type Column } from './column.js';
import { qualified, quoted } from './ddl.js';
import type { TableWrites } from './row-versions.js';

/** Told after each commit of a projection's tables, with the projection's name. */
export const PROJECTED_CHANNEL = 'mindet_projected';

/** Beside the columns of a version: which of the keys asked for it is of, from 1 on. No column is called so. */
export const KEY_NUMBER = '#';

export interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

type Types = Readonly<Record<string, Column['type']>>;

/**
 * One statement, and so one transaction: the position moves on from where it was believed to be, and the rows are written;
 * or neither. Gives a row where it moved.
 *
 * Not waiting for the disk is safe: what a crash takes away, rows and position together, is folded from the log again.
 */
export function writeStatement(schema: string, build: string, from: Position, to: Position, writes: readonly TableWrites[]): Statement {
  const values: unknown[] = [build, from, to, PROJECTED_CHANNEL];
  const parts = [
    `moved as (
  update read.projection set position = $3, stall = null where id = $1 and position = $2
  returning set_config('synchronous_commit', 'off', true), pg_notify($4, name)
)`,
  ];
  writes.forEach(({ table, begun, ended }, index) => {
    const name = qualified(schema, table);
    const key = keyTypes(table);
    if (ended.length > 0) {
      const rows = rowsOf('e', { ...key, valid_from: 'bigint', valid_to: 'bigint' }, ended, values);
      parts.push(`ended_${index} as (
  update ${name} t set valid_to = e.valid_to from moved, ${rows}
  where ${sameKey(table, 't', 'e')} and t.valid_from = e.valid_from
)`);
    }
    if (begun.length > 0) {
      const types = { ...columnTypes(table), valid_from: 'bigint', valid_to: 'bigint', born: 'boolean' } as const;
      const rows = rowsOf('b', types, begun, values);
      parts.push(`begun_${index} as (
  insert into ${name} (${Object.keys(types).map(quoted).join(', ')}) select b.* from moved, ${rows}
)`);
    }
  });
  return { text: `with ${parts.join(',\n')}\nselect 1 from moved`, values };
}

/**
 * The latest version of each of these keys, with `KEY_NUMBER`; none for a key that never had one. Where keys ascend, that of
 * the greatest key there is.
 */
export function latestVersionsStatement(schema: string, table: AnyTable, keys: readonly AnyRow[]): Statement {
  const values: unknown[] = [];
  const columns = Object.entries(columnTypes(table)).map(
    ([column, type]) => `${inMemoryForm(type, quoted(column))} as ${quoted(column)}`,
  );
  const types = keyTypes(table);
  return {
    text: `select v.*, k."${KEY_NUMBER}"::integer from ${unnested(types, keys, values)} with ordinality as k(${names(types)}, "${KEY_NUMBER}")
cross join lateral (
  select ${columns.join(', ')}, valid_from::text, valid_to::text, born from ${qualified(schema, table)} t
  where ${table.ascending ? 'true' : sameKey(table, 't', 'k')}
  order by t.valid_from desc
  limit 1
) v`,
    values,
  };
}

/** Rows as parameters, an array for each column: several times cheaper for the server than rows as JSON. */
const unnested = (types: Types, rows: readonly AnyRow[], values: unknown[]): string =>
  `unnest(${Object.entries(types)
    .map(([column, type]) => `$${values.push(arrayOf(type, rows, column))}::${type}[]`)
    .join(', ')})`;

const rowsOf = (alias: string, types: Types, rows: readonly AnyRow[], values: unknown[]): string =>
  `${unnested(types, rows, values)} as ${alias}(${names(types)})`;

const names = (types: Types): string => Object.keys(types).map(quoted).join(', ');

const columnTypes = (table: AnyTable): Types =>
  Object.fromEntries(Object.entries(table.columns).map(([column, { type }]) => [column, type]));

const keyTypes = (table: AnyTable): Types =>
  Object.fromEntries(table.key.map((column) => [column, table.columns[column]!.type]));

const sameKey = (table: AnyTable, left: string, right: string): string =>
  table.key.map((column) => `${left}.${quoted(column)} = ${right}.${quoted(column)}`).join(' and ');
