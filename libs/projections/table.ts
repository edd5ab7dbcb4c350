import type { Column } from './column.js';

export type Columns = { readonly [name: string]: Column };
type Value<C> = C extends Column<infer V> ? V : never;

export type RowOf<C extends Columns> = { readonly [N in keyof C]: Value<C[N]> };
type NullableOf<C extends Columns> = { [N in keyof C]: null extends Value<C[N]> ? N : never }[keyof C];

/**
 * A temporal table: each row is one version of one key, valid from one log position until before another.
 * The framework keeps the versions; a projection speaks of the present row alone.
 */
export interface Table<C extends Columns = Columns, K extends keyof C = keyof C, W extends keyof C = keyof C> {
  readonly name: string;
  readonly comment: string;
  readonly columns: C;
  readonly key: readonly K[];
  /** Columns by which the keys are listed. They belong to the key's identity: they never change for one key. */
  readonly within: readonly W[];
  /** Of one column whose values ascend with the log. One that is less than the greatest before it is passed over. Rows never change. */
  readonly ascending: boolean;
}

/** What a row is made of; where a column may be null it may be left out. */
export type RowInput<T> =
  T extends Table<infer C, infer _K, infer _W>
    ? Omit<RowOf<C>, NullableOf<C>> & { readonly [N in NullableOf<C>]?: Value<C[N]> | undefined }
    : never;
export type Row<T> = T extends Table<infer C, infer _K, infer _W> ? RowOf<C> : never;
export type Key<T> = T extends Table<infer C, infer K, infer _W> ? Pick<RowOf<C>, K> : never;
/** New values of columns; what is left out or undefined stays as it is. */
export type Patch<T> =
  T extends Table<infer C, infer K, infer W> ? { readonly [N in Exclude<keyof C, K | W>]?: Value<C[N]> | undefined } : never;

export function table<const C extends Columns, K extends keyof C & string, W extends keyof C & string = never>(
  name: string,
  of: { comment: string; columns: C; key: readonly K[]; within?: readonly W[]; ascending?: boolean },
): Table<C, K, W> {
  return { name, comment: of.comment, columns: of.columns, key: of.key, within: of.within ?? [], ascending: of.ascending ?? false };
}
