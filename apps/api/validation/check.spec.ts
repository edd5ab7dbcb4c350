import { describe, expect, it } from '@jest/globals';
import { flawsOf } from './check.js';
import { CalendarDay, Line, ListOf, Nested, OneOf, Prose, Slug, State, WebAddress, Whole } from './fields.js';
import { jsonPointer } from './json-pointer.js';
import { nestedKind, stateKind } from './kinds.js';

class Inner {
  @Line({ max: 5 })
  ru!: string;
}
class Base {
  @CalendarDay({ optional: true })
  day?: string;
}
class Thing extends Base {
  @Whole({ min: 1, max: 9 })
  number!: number;

  @Nested(() => Inner, { optional: true, nullable: true })
  inner?: Inner | null;

  @ListOf(nestedKind(() => Inner), { max: 2, optional: true })
  inners?: Inner[];

  @ListOf(stateKind, { min: 1, max: 3, optional: true })
  states?: string[];
}

const flaws = (value: unknown) => Object.fromEntries(flawsOf(Thing, value).map(({ path, detail }) => [jsonPointer(path), detail]));

describe('a body', () => {
  it('that says what its class declares has no flaws', () => {
    expect(flaws({ number: 1 })).toEqual({});
    expect(flaws({ number: 9, day: '2024-02-29', inner: null, inners: [{ ru: 'да' }], states: ['KG', 'RU'] })).toEqual({});
  });

  it('must be an object', () => {
    for (const value of [null, [], 'x', 1, true]) expect(flaws(value)).toEqual({ '': 'must be an object' });
  });

  it('has all its flaws told at once, each at its place', () => {
    expect(flaws({ day: '2024-02-30', inner: { ru: 1, more: 1 }, inners: [{ ru: 'да' }, { ru: '' }], states: ['KG', 'xx', 7] })).toEqual({
      '/number': 'is required',
      '/day': expect.stringContaining('day of the calendar'),
      '/inner/ru': 'must be a text',
      '/inner/more': 'is not known here',
      '/inners/1/ru': 'must not be blank',
      '/states/1': expect.stringContaining('two capital letters'),
      '/states/2': expect.stringContaining('two capital letters'),
    });
  });

  it('says null only where null is allowed', () => {
    expect(flaws({ number: null, day: null, inner: null, inners: null })).toEqual({
      '/number': expect.stringContaining('whole number'),
      '/day': expect.stringContaining('day'),
      '/inners': 'must be a list',
    });
  });

  it('has nothing coerced', () => {
    for (const number of ['1', 1.5, true, [1], 0, 10, 1e300, {}]) expect(flaws({ number })).toEqual({ '/number': 'must be a whole number from 1 to 9' });
  });

  it('has lists and objects where they belong, however they are nested', () => {
    expect(flaws({ number: 1, inner: [{ ru: 'да' }] })).toEqual({ '/inner': 'must be an object' });
    expect(flaws({ number: 1, inners: [[{ ru: 'да' }]] })).toEqual({ '/inners/0': 'must be an object' });
    expect(flaws({ number: 1, inners: { 0: { ru: 'да' }, length: 1 } })).toEqual({ '/inners': 'must be a list' });
    expect(flaws({ number: 1, states: [] })).toEqual({ '/states': 'must have 1 item at least' });
    expect(flaws({ number: 1, inners: [1, 2, 3] })).toEqual({ '/inners': 'must have 2 items at most' });
    const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
    expect(flaws({ number: 1, inners: deep })).toEqual({ '/inners/0': 'must be an object' });
  });

  it('has no field under a name that every object has, and pollutes none', () => {
    const body = JSON.parse('{"number":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":1}') as object;
    expect(Object.keys(flaws(body)).sort()).toEqual(['/__proto__', '/constructor', '/hasOwnProperty', '/toString']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(flaws(JSON.parse('{"__proto__":{"number":1}}'))).toMatchObject({ '/number': 'is required' });
  });

  it('has its places written as RFC 6901 says', () => {
    expect(flaws({ number: 1, 'a/b~c': 1, '': 1 })).toEqual({
      '/a~1b~0c': 'is not known here',
      '/': 'is not known here',
    });
  });
});

class Texts {
  @Line({ max: 5, optional: true })
  line?: string;

  @Prose({ max: 20, optional: true })
  prose?: string;

  @Slug({ optional: true })
  slug?: string;

  @State({ optional: true })
  state?: string;

  @WebAddress({ optional: true })
  address?: string;

  @OneOf(['on', 'off'], { optional: true })
  word?: string;

  @CalendarDay({ optional: true })
  day?: string;
}
const isGood = (value: object) => flawsOf(Texts, value).length === 0;

describe('a text', () => {
  it.each(['абвгд', 'ә\u0301', '😀😀😀😀😀', '<b>', "'; --", '\u200fשלום'.slice(0, 5), '__pr', ' a '])('of one line may be %p', (line) => {
    expect(isGood({ line })).toBe(true);
  });

  it.each(['', ' ', '\u00a0\u2003', '\u200f\u200e', 'a\0', '\ud800', 'a\udc00', 'a\nb', 'a\tb', 'a\u0085', 'a\u001b', 'абвгде', '😀😀😀😀😀😀'])(
    'of one line may not be %p',
    (line) => {
      expect(isGood({ line })).toBe(false);
    },
  );

  it('of several lines may have breaks and tabs, and no other control characters', () => {
    expect(isGood({ prose: 'a\r\n\tb' })).toBe(true);
    for (const prose of ['a\0b', 'a\u0007', '\n\n', 'a\u009f']) expect(isGood({ prose })).toBe(false);
  });

  it('of a fixed shape is taken in that shape alone', () => {
    const good = { slug: 'kssb-ct', state: 'KG', address: 'https://example.org/а?b=1', word: 'on', day: '2000-02-29' };
    expect(isGood(good)).toBe(true);
    const bad: Record<string, unknown[]> = {
      slug: ['', 'A', 'a--b', '-a', 'a.b', 'а', 'a'.repeat(65), 'a\n', 1],
      state: ['kg', 'KGZ', 'K', 'KG\n', '', null],
      address: ['example.org', 'ftp://a', 'javascript:alert(1)', 'https://', 'https://a b', ' https://a', `https://a/${'x'.repeat(2_000)}`, 'https://a/\0'],
      word: ['ON', '', 'toString', ['on']],
      day: ['2024-02-30', '1900-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '18.03.2024', '2024-03-18T00:00:00Z', '', 20240318],
    };
    for (const [field, values] of Object.entries(bad)) for (const value of values) expect([field, value, isGood({ [field]: value })]).toEqual([field, value, false]);
  });
});
