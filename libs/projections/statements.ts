import type { Position } from '#event-store/event-store.js';
import type { AnyRow, AnyTable } from './change.js';
import { inMemoryForm } from './column.js';
import { qualified, quoted } from './ddl.js';
import type { TableWrites } from './row-versions.js';

/** Told after each commit of the tables that are served. */
export const PROJECTED_CHANNEL = 'mindet_projected';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * One statement, and so one transaction: the position moves on from where it was believed to be, and the rows are written;
 * or neither. Gives a row where it moved.
 *
 * Not waiting for the disk is safe: what a crash takes away, rows and position together, is folded from the log again.
 */
export function writeStatement(
  schema: string,
  build: string,
  from: Position,
  to: Position,
  writes: readonly TableWrites[],
): Statement {
  const values: unknown[] = [build, from, to, PROJECTED_CHANNEL];
  const parts = [
    `moved as (
  update read.projection set position = $3, stall = null where id = $1 and position = $2
  returning set_config('synchronous_commit', 'off', true), pg_notify($4, name)
)`,
  ];
  writes.forEach(({ table, begun, ended }, index) => {
    if (ended.length > 0) {
      values.push(jsonText(ended));
      parts.push(`ended_${index} as (
  update ${qualified(schema, table)} t set valid_to = e.valid_to
  from moved, json_to_recordset($${values.length}) as e(${keyColumns(table)}, valid_from bigint, valid_to bigint)
  where ${sameKey(table, 't', 'e')} and t.valid_from = e.valid_from
)`);
    }
    if (begun.length > 0) {
      values.push(jsonText(begun));
      const columns = [...Object.keys(table.columns).map(quoted), 'valid_from', 'valid_to', 'born'].join(', ');
      parts.push(`begun_${index} as (
  insert into ${qualified(schema, table)} (${columns}) select ${columns}
  from moved, json_to_recordset($${values.length}) as b(${definitions(table, Object.keys(table.columns))}, valid_from bigint, valid_to bigint, born boolean)
)`);
    }
  });
  return { text: `with ${parts.join(',\n')}\nselect 1 from moved`, values };
}

/** The latest version of each of these keys, with `ordinal` saying of which; none for a key that never had one. */
export function latestVersionsStatement(schema: string, table: AnyTable, keys: readonly AnyRow[]): Statement {
  const columns = Object.entries(table.columns).map(([column, { type }]) => `${inMemoryForm(type, quoted(column))} as ${quoted(column)}`);
  return {
    text: `select v.*, k.ordinal from json_to_recordset($1) as k(ordinal integer, ${keyColumns(table)})
cross join lateral (
  select ${columns.join(', ')}, valid_from::text, valid_to::text, born from ${qualified(schema, table)} t
  where ${sameKey(table, 't', 'k')}
  order by t.valid_from desc
  limit 1
) v`,
    values: [jsonText(keys.map((key, ordinal) => ({ ordinal, ...Object.fromEntries(table.key.map((column) => [column, key[column]])) })))],
  };
}

const keyColumns = (table: AnyTable): string => definitions(table, table.key);

const definitions = (table: AnyTable, columns: readonly string[]): string =>
  columns.map((column) => `${quoted(column)} ${table.columns[column]!.type}`).join(', ');

const sameKey = (table: AnyTable, left: string, right: string): string =>
  table.key.map((column) => `${left}.${quoted(column)} = ${right}.${quoted(column)}`).join(' and ');

/** PostgreSQL's text holds neither NUL nor half a surrogate pair: such a character is read as the replacement character. */
function jsonText(value: unknown): string {
  const json = JSON.stringify(value);
  return UNSTORABLE_AT_ALL.test(json) ? json.replace(UNSTORABLE, '$1\\ufffd') : json;
}

// JSON.stringify escapes these characters alone so; an even number of backslashes before are escaped backslashes.
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;
const UNSTORABLE_AT_ALL = /\\u(?:0000|d[89a-f])/;
