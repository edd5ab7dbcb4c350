import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type pg from 'pg';
import { createPool } from '#platform/database.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { arrayOf } from './array-literal.js';

describe('a column as an array', () => {
  let db: pg.Pool;
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    db = createPool(database.url, { max: 1, applicationName: 'mindet spec' });
  });
  afterAll(async () => {
    await db.end();
    await database.drop();
  });

  const back = async (type: 'text' | 'jsonb', values: readonly unknown[]): Promise<unknown[]> => {
    const rows = values.map((value) => ({ value }));
    const { rows: found } = await db.query(`select unnest($1::${type}[]) as value`, [arrayOf(type, rows, 'value')]);
    return found.map(({ value }) => value as unknown);
  };
  const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

  it('comes back as it was, whatever characters are in its texts', async () => {
    const texts = fc.array(fc.option(fc.string({ unit: 'binary' })), { minLength: 1 });
    await fc.assert(fc.asyncProperty(texts, async (values) => expect(await back('text', values)).toEqual(values.map((text) => text && storable(text)))));
  });

  it('comes back as it was, whatever is in its JSON', async () => {
    const json = fc.jsonValue({ stringUnit: 'binary' }).filter((value) => value !== null);
    const storableAll = (value: unknown): unknown => JSON.parse(storableText(JSON.stringify(value))) as unknown;
    const storableText = (text: string): string => JSON.stringify(walk(JSON.parse(text)));
    const walk = (value: unknown): unknown => {
      if (typeof value === 'string') return storable(value);
      if (Array.isArray(value)) return value.map(walk);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [storable(key), walk(part)]));
    };
    await fc.assert(fc.asyncProperty(fc.array(json, { minLength: 1 }), async (values) => expect(await back('jsonb', values)).toEqual(values.map(storableAll))));
  });

  it.each(['\0', '\\u0000', '\\\0', '\\\\\0', '\\\\u0000', '\ud800', '\udc00\ud800', '\\ud800', 'a\0b\0', '\0\0'])('keeps all but what text cannot hold of %j', async (text) => {
    expect(await back('text', [text])).toEqual([storable(text)]);
    expect(await back('jsonb', [{ text, nested: [text] }])).toEqual([{ text: storable(text), nested: [storable(text)] }]);
  });
});
