import type { AnyRow } from './change.js';
import type { Column } from './column.js';

/**
 * One column of rows as PostgreSQL reads an array of its type. What PostgreSQL's text cannot hold, NUL and half surrogate
 * pairs, becomes the replacement character: history must always load.
 */
export function arrayOf(type: Column['type'], rows: readonly AnyRow[], column: string): string {
  const element = ELEMENT[type];
  let literal = '{';
  let comma = '';
  for (const row of rows) {
    const value = row[column];
    literal += comma + (value === null || value === undefined ? 'NULL' : element(value));
    comma = ',';
  }
  return `${literal}}`;
}

const plain = (value: unknown): string => String(value);
const text = (value: unknown): string => quoted(storable(String(value)));
const json = (value: unknown): string => quoted(storableJson(JSON.stringify(value)));

const ELEMENT: Readonly<Record<Column['type'], (value: unknown) => string>> = {
  text,
  jsonb: json,
  date: text,
  timestamptz: text,
  integer: plain,
  bigint: plain,
  'double precision': plain,
  boolean: plain,
};

const quoted = (content: string): string =>
  `"${/["\\]/.test(content) ? content.replaceAll(/["\\]/g, String.raw`\$&`) : content}"`;

/** The encoding to UTF-8 replaces half surrogate pairs by itself. */
const storable = (content: string): string => (content.includes('\0') ? content.replaceAll('\0', '\ufffd') : content);

/** JSON that PostgreSQL can hold as `jsonb`. */
export const storableJson = (content: string): string => (SUSPICIOUS.test(content) ? content.replace(UNSTORABLE, '$1\\ufffd') : content);

// JSON.stringify escapes NUL and half surrogate pairs so; before it, an even number of backslashes are escaped backslashes.
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/;
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;
