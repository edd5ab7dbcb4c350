import type { Pool } from 'pg';
import type { AnyTable } from '#projections/change.js';
import { inMemoryForm } from '#projections/column.js';
import type { Key, Row } from '#projections/table.js';
import type { Moment } from './moment.js';
import type { Viewer } from './viewer.js';

/** A question's ground: where the read side is, at which moment, and for whom. */
export type Reading = { readonly db: Pool; readonly at: Moment; readonly viewer: Viewer };

type Conditions<T> = { readonly [C in keyof Row<T>]?: Row<T>[C] | readonly Row<T>[C][] };

type Selection<T> = {
  /** Columns that belong to the key's identity (`within` in the table's declaration): these narrow what is looked at. */
  readonly within?: Conditions<T>;
  /** Columns as they were at the moment: a value, or any of several. */
  readonly where?: Conditions<T>;
  /** A further condition over `v`, with its values as $1, $2 … */
  readonly also?: { readonly sql: string; readonly values: readonly unknown[] };
  /** Identity columns that order the rows; the key where absent. */
  readonly order?: readonly (keyof Row<T> & string)[];
  /** Values of the `order` columns after which the rows begin. */
  readonly after?: readonly unknown[];
  readonly limit?: number;
};

/**
 * The rows that a table had at the moment. Every key has one row in the index of births, and its version at the moment is
 * one step in the primary key: the past costs what the present costs, however many versions there are.
 */
export async function rowsAt<T extends AnyTable>(reading: Reading, table: T, selection: Selection<T> = {}): Promise<Row<T>[]> {
  const values: unknown[] = [reading.at.position];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = (alias: string, of: Conditions<T> | undefined) =>
    Object.entries(of ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([column, value]) =>
        Array.isArray(value) ? `${alias}.${column} = any(${bind(value)})` : `${alias}.${column} = ${bind(value)}`,
      );
  const also = selection.also && renumbered(selection.also.sql, values.length);
  values.push(...(selection.also?.values ?? []));
  const order = selection.order ?? table.key;
  const where = [
    'k.born',
    'k.valid_from <= $1',
    'v.valid_to > $1',
    ...conditions('k', selection.within),
    ...conditions('v', selection.where),
    ...(also ? [`(${also})`] : []),
    ...(selection.after ? [`(${order.map((column) => `k.${column}`).join(', ')}) > (${selection.after.map(bind).join(', ')})`] : []),
  ];
  const { rows } = await reading.db.query<Row<T> & object>({
    text: `select ${columnsOf(table)}
      from read.${table.name} k
      cross join lateral (
        select * from read.${table.name} version
        where ${table.key.map((column) => `version.${column} = k.${column}`).join(' and ')} and version.valid_from <= $1
        order by version.valid_from desc limit 1
      ) v
      where ${where.join(' and ')}
      order by ${order.map((column) => `k.${column}`).join(', ')}
      ${selection.limit === undefined ? '' : `limit ${bind(selection.limit)}`}`,
    values,
  });
  return rows;
}

/** The row that one key had at the moment. */
export async function rowAt<T extends AnyTable>(reading: Reading, table: T, key: Key<T>): Promise<Row<T> | undefined> {
  const columns = table.key as readonly (keyof Key<T>)[];
  const { rows } = await reading.db.query<Row<T> & object>({
    text: `select ${columnsOf(table)} from (
        select * from read.${table.name}
        where ${columns.map((column, index) => `${String(column)} = $${index + 2}`).join(' and ')} and valid_from <= $1
        order by valid_from desc limit 1
      ) v where v.valid_to > $1`,
    values: [reading.at.position, ...columns.map((column) => key[column])],
  });
  return rows[0];
}

const columnsOf = (table: AnyTable): string =>
  Object.entries(table.columns)
    .map(([name, { type }]) => `${inMemoryForm(type, `v.${name}`)} as ${name}`)
    .join(', ');

const renumbered = (sql: string, by: number): string => sql.replaceAll(/\$(\d+)/g, (_, n: string) => `$${Number(n) + by}`);
