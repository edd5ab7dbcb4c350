import type { AnyTable } from '#projections/change.js';
import { inMemoryForm } from '#projections/column.js';
import { LIVE_SCHEMA, OPEN, qualified, quoted } from '#projections/ddl.js';

/** A version of a row in either schema, its columns as text so that they can be held against one another. */
export type ComparedRow = {
  /** How many differences there are in the table, those that are not listed too. */
  readonly total: string;
  readonly rebuilt: VersionText | null;
  readonly served: VersionText | null;
  /** Names of the columns that differ; none where a whole row is missing, or too many. */
  readonly columns: readonly string[];
};
export type VersionText = Readonly<Record<string, unknown>> & { readonly valid_from: string; readonly valid_to: string };

/**
 * Every version that is valid at or before the position ($1) in the tables that were rebuilt and in those that are served,
 * where the two are not the same to the last bit. What ended after the position still stood at it. What would be valid from or to
 * where the served tables have not come yet ($2) no event can have made. $3 is how many rows to list.
 */
export function compareStatement(table: AnyTable, schema: string): string {
  const columns = [...Object.keys(table.columns), 'valid_from', 'valid_to', 'born'];
  const key = [...table.key, 'valid_from'].map((column) => `r.${quoted(column)} = s.${quoted(column)}`).join(' and ');
  const differs = columns.map((column) => `(r).${quoted(column)}::text is distinct from (s).${quoted(column)}::text`);
  const version = (alias: string): string => `case when (${alias}).valid_from is not null then jsonb_build_object(${columns.map((column) => `'${column}', ${shown(table, column, alias)}`).join(', ')}) end`;
  return `with r as (${versions(table, columns, schema, `case when valid_to > $1 then ${OPEN} else valid_to end`, 'valid_from <= $1')}),
s as (${versions(
    table,
    columns,
    LIVE_SCHEMA,
    `case when valid_to > $1 and (valid_to <= $2 or valid_to = ${OPEN}) then ${OPEN} else valid_to end`,
    'valid_from <= $1 or valid_from > $2',
  )}),
d as materialized (
  select r, s, case when r.valid_from is null or s.valid_from is null then 1 else greatest(1, ${differs.map((one) => `(${one})::integer`).join(' + ')}) end as count
  from r full join s on ${key}
  where r.valid_from is null or s.valid_from is null or r *<> s
)
select (select sum(count) from d)::text as total, ${version('r')} as rebuilt, ${version('s')} as served,
  case when (r).valid_from is null or (s).valid_from is null then '{}' else array_remove(array[${columns.map((column, n) => `case when ${differs[n]} then '${column}' end`).join(', ')}], null) end as columns
from (select * from d limit $3) d
order by coalesce((r).valid_from, (s).valid_from)`;
}

const versions = (table: AnyTable, columns: readonly string[], schema: string, validTo: string, condition: string): string =>
  `select ${columns.map((column) => (column === 'valid_to' ? `${validTo} as valid_to` : quoted(column))).join(', ')} from ${qualified(schema, table)} where ${condition}`;

function shown(table: AnyTable, column: string, alias: string): string {
  const type = table.columns[column]?.type ?? (column === 'born' ? 'boolean' : 'bigint');
  return inMemoryForm(type, `(${alias}).${quoted(column)}`);
}
