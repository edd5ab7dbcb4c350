import type { AnyTable } from './change.js';
import type { Projection } from './projection.js';

/** The `valid_to` of a row that is still valid. */
export const OPEN = '9223372036854775807';

/** Where the tables are served from. */
export const LIVE_SCHEMA = 'read';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const list = (names: readonly string[], prefix = ''): string => names.map((name) => prefix + quoted(name)).join(', ');

export const qualified = (schema: string, table: AnyTable): string => `${quoted(schema)}.${quoted(table.name)}`;

/** The tables with their primary keys alone. */
export const createTables = (projection: Projection, schema: string): string =>
  projection.tables.map((table) => createTable(table, schema)).join('\n');

function createTable(table: AnyTable, schema: string): string {
  const name = qualified(schema, table);
  const columns = Object.entries(table.columns);
  // No index holds valid_to, and pages keep room: closing a row rewrites it in its page and touches no index.
  return `create table ${name} (
${columns.map(([column, { type, nullable }]) => `  ${quoted(column)} ${type}${nullable ? '' : ' not null'},\n`).join('')}  valid_from bigint not null,
  valid_to bigint not null,
  born boolean not null,
  primary key (${list(table.key)}, valid_from)
) with (fillfactor = 85);
comment on table ${name} is ${literal(table.comment)};
comment on column ${name}.valid_from is 'The log position of the event that brought this version about.';
comment on column ${name}.valid_to is 'The log position of the event that ended this version; ${OPEN} while it stands.';
comment on column ${name}.born is 'Whether this is the first version that its key ever had.';
${columns.map(([column, { comment }]) => (comment ? `comment on column ${name}.${quoted(column)} is ${literal(comment)};\n` : '')).join('')}`;
}

/** The indexes by which keys are listed: each key once, however many versions it has. */
export const createIndexes = (projection: Projection, schema: string): string =>
  projection.tables
    .flatMap((table) => [
      `create unique index ${quoted(`${table.name}_born`)} on ${qualified(schema, table)} (${list(table.key)}) where born;`,
      // Where keys come in the order of the log, the latest before a position is asked for.
      ...(table.ascending ? [`create index ${quoted(`${table.name}_since`)} on ${qualified(schema, table)} (valid_from);`] : []),
      ...table.within.map(
        (column) =>
          `create index ${quoted(`${table.name}_within_${column}`)} on ${qualified(schema, table)} (${list([column, ...table.key])}, valid_from) where born;`,
      ),
    ])
    .join('\n');

const functionName = (table: string): string => `${quoted(LIVE_SCHEMA)}.${quoted(`${table}_at`)}`;

export const dropAtMoment = (tables: readonly string[]): string =>
  tables.map((table) => `drop function if exists ${functionName(table)}(bigint);`).join('\n');

/**
 * `read.<table>_at(position)`: the table's rows as they stood when the log was at that position, with `born_at`
 * and `changed_at`, the positions at which the key first had a row and the row became what it is. The planner inlines
 * it, so that conditions on the key and on `within` columns use their indexes; then each key costs one descent of the
 * primary key, however many versions it has and however long ago the moment is.
 */
export function createTableAtMoment(table: AnyTable): string {
  const name = qualified(LIVE_SCHEMA, table);
  const identity = new Set([...table.key, ...table.within]);
  const columns = Object.entries(table.columns);
  return `create or replace function ${functionName(table.name)}(moment bigint)
returns table (${columns.map(([column, { type }]) => `${quoted(column)} ${type}`).join(', ')}, born_at bigint, changed_at bigint)
language sql stable parallel safe as $function$
  select ${columns.map(([column]) => (identity.has(column) ? 'k.' : 'v.') + quoted(column)).join(', ')}, k.valid_from, v.valid_from
  from ${name} k
  cross join lateral (
    select * from ${name} v
    where ${table.key.map((column) => `v.${quoted(column)} = k.${quoted(column)}`).join(' and ')} and v.valid_from <= $1
    order by v.valid_from desc
    limit 1
  ) v
  where k.born and k.valid_from <= $1 and v.valid_to > $1
$function$;
comment on function ${functionName(table.name)}(bigint) is ${literal(`${table.comment} As it stood when the log was at the given position.`)};`;
}
