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
  /** Columns as they were at the moment: a value, or any of several. */
  readonly where?: Conditions<T>;
  /** A further condition, with its values as $1, $2 … */
  readonly also?: { readonly sql: string; readonly values: readonly unknown[] };
  /** The key where absent; `born_at` is the order in which the keys came into being. */
  readonly order?: readonly ((keyof Row<T> & string) | 'born_at')[];
  /** Values of the `order` columns after which the rows begin. */
  readonly after?: readonly unknown[];
  readonly limit?: number;
};

/** The rows that a table had at the moment. */
export async function rowsAt<T extends AnyTable>(reading: Reading, table: T, selection: Selection<T> = {}): Promise<Row<T>[]> {
  const values: unknown[] = [reading.at.position];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = Object.entries({ ...selection.where })
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => (Array.isArray(value) ? `${column} = any(${bind(value)})` : `${column} = ${bind(value)}`));
  if (selection.also) {
    conditions.push(`(${renumbered(selection.also.sql, values.length)})`);
    values.push(...selection.also.values);
  }
  const order = (selection.order ?? table.key).join(', ');
  if (selection.after) conditions.push(`(${order}) > (${selection.after.map(bind).join(', ')})`);
  const limit = selection.limit === undefined ? '' : `limit ${bind(selection.limit)}`;
  const { rows } = await reading.db.query<Row<T> & object>({
    text: `select ${columnsOf(table)} from read.${table.name}_at($1)
      ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''} order by ${order} ${limit}`,
    values,
  });
  return rows;
}

/** The row that one key had at the moment. */
export async function rowAt<T extends AnyTable>(reading: Reading, table: T, key: Key<T>): Promise<Row<T> | undefined> {
  const [row] = await rowsAt(reading, table, { where: key as Conditions<T> });
  return row;
}

const columnsOf = (table: AnyTable): string =>
  Object.entries(table.columns)
    .map(([name, { type }]) => `${inMemoryForm(type, name)} as ${name}`)
    .join(', ');

const renumbered = (sql: string, by: number): string => sql.replaceAll(/\$(\d+)/g, (_, n: string) => `$${Number(n) + by}`);
