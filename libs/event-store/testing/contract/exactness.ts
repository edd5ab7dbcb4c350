import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../event-store.js';
import type { Differences, OpenStore } from '../contract.js';
import { someEvent, someStream } from '../some-events.js';

const nested = (depth: number): Json => (depth === 0 ? 'the bottom' : { in: [nested(depth - 1)] });

const KEPT: Record<string, JsonObject> = {
  'letters of every script': { text: 'Бішкек әғқңөұүһі 北京 🏔️ é e\u0301', 'ключ 🔑': '\u202Eright to left\u202C' },
  'quotes, backslashes and braces': { text: `"'\\ {a,b} \\" $1 $$ %s ; -- NULL`, '{"k"}': '\\\\' },
  'control characters, NUL among them': { text: '\u0000\u0001\b\t\n\r\u001f\u007f\u2028\u2029\ufeff', '\u0000': '\n' },
  'half a surrogate pair': { text: '\ud83d', '\udc00': 1 },
  'keys that are names of the prototype': JSON.parse('{"__proto__":{"a":1},"constructor":null,"toString":"x"}') as JsonObject,
  'numbers at the edges of a double': { numbers: [Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53 + 2, 0.1, -1e-7, 1e21] },
  'empty things': { '': '', object: {}, array: [], null: null, false: false, zero: 0 },
  'deep nesting': { deep: nested(500) },
};

/** Bytes that the data and the metadata of an event take in the test of a long one, and what is kept beside them. */
const LONG = 2_950_000;
const BESIDE = 1_000;

export function exactness(log: () => OpenStore, { largestAppend = LONG }: Differences): void {
  test('an event as long as any may be', async () => {
    const { store } = log();
    const stream = someStream();
    // Four characters that are seven bytes of JSON.
    const value = { text: 'Ш"\\ '.repeat(Math.floor((Math.min(largestAppend, LONG) - BESIDE) / 2 / 7)) };
    await store.append(stream, [{ ...someEvent(value), metadata: value }], 'none');
    expect(await store.readStream(stream, 0, 1)).toMatchObject([{ data: value, metadata: value }]);
  });

  test.each(Object.entries(KEPT))('%s', async (_, value) => {
    const { store } = log();
    const stream = someStream();
    const event = { ...someEvent(value), metadata: value, type: 'Тип "x" {1}' };
    await store.append(stream, [someEvent(), event], 'none');
    const [recorded] = await store.readStream(stream, 1, 1);
    expect(recorded).toMatchObject({ id: event.id, type: event.type, stream, revision: 1 });
    expect(JSON.stringify(recorded?.data)).toBe(JSON.stringify(value));
    expect(JSON.stringify(recorded?.metadata)).toBe(JSON.stringify(value));
  });

  test('the names of streams', async () => {
    const { store } = log();
    for (const name of [' ', `'";--`, '{a,"b"}', 'Шанхай/北京 🏔️', '\n\t', '%_*', 'NULL', 'x'.repeat(1_000)]) {
      const stream = `${someStream()}${name}`;
      await store.append(stream, [someEvent()], 'none');
      expect((await store.readStream(stream, 0, 10)).map((event) => event.stream)).toEqual([stream]);
    }
  });

  test('keys in their order', async () => {
    const { store } = log();
    const stream = someStream();
    await store.append(stream, [someEvent({ z: 1, a: { y: 1, b: 2 }, m: 3 })], 'none');
    const [recorded] = await store.readStream(stream, 0, 1);
    expect(JSON.stringify(recorded?.data)).toBe('{"z":1,"a":{"y":1,"b":2},"m":3}');
  });

  test('any JSON at all', async () => {
    const { store } = log();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 5 }), async (values) => {
        const stream = someStream();
        const written = values.map((value) => someEvent({ value: JSON.parse(JSON.stringify(value)) as Json }));
        await store.append(stream, written, 'none');
        const read = await store.readStream(stream, 0, 10);
        expect(read.map(({ data }) => JSON.stringify(data))).toEqual(written.map(({ data }) => JSON.stringify(data)));
      }),
      { numRuns: 50 },
    );
  });
}
