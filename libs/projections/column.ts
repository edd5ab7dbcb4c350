/**
 * A column as its projection declares it. `Value` is what a row holds in memory: JSON, with dates and times as text.
 */
export interface Column<Value = unknown> {
  readonly type: 'text' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'date' | 'timestamptz' | 'jsonb';
  readonly nullable: boolean;
  /** For whoever reads the tables in SQL. */
  readonly comment?: string;
  /** Carries the value's type; never there. */
  readonly value?: Value;
}

const column =
  <Default>(type: Column['type']) =>
  <Value extends Default = Default>(comment?: string): Column<Value> => ({ type, nullable: false, comment });

export const text = column<string>('text');
export const integer = column<number>('integer');
export const float = column<number>('double precision');
export const boolean = column<boolean>('boolean');
/** `YYYY-MM-DD`. */
export const date = column<string>('date');
/** RFC 3339, UTC, milliseconds. */
export const timestamp = column<string>('timestamptz');
export const jsonb = column<unknown>('jsonb');

export const nullable = <Value>(of: Column<Value>): Column<Value | null> => ({ ...of, nullable: true });

/** SQL that gives the column in the form that a row in memory has. */
export function inMemoryForm(type: Column['type'], reference: string): string {
  if (type === 'date' || type === 'bigint') return `${reference}::text`;
  if (type === 'timestamptz') return `to_char(${reference} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return reference;
}
