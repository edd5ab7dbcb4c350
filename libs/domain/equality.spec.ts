import { expect, it } from '@jest/globals';
import { equal } from './equality.js';

it.each<[string, unknown, unknown]>([
  ['the same primitive', 'a', 'a'],
  ['records in another order', { a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 }],
  ['a field that is undefined and one that is absent', { a: 1, b: undefined }, { a: 1 }],
  [
    'maps in another order',
    new Map([
      ['a', 1],
      ['b', 2],
    ]),
    new Map([
      ['b', 2],
      ['a', 1],
    ]),
  ],
  ['sets in another order', new Set(['a', 'b']), new Set(['b', 'a'])],
])('%s say the same', (_, a, b) => expect(equal(a, b)).toBe(true));

it.each<[string, unknown, unknown]>([
  ['null and undefined', null, undefined],
  ['null and an empty record', null, {}],
  ['a text and a number', '1', 1],
  ['lists in another order', [1, 2], [2, 1]],
  ['a list and its beginning', [1, 2], [1]],
  ['a list and a record', [1], { 0: 1 }],
  ['a record and one that says more', { a: 1 }, { a: 1, b: 2 }],
  ['records that say different things', { a: 1 }, { b: 1 }],
  ['maps with other values', new Map([['a', 1]]), new Map([['a', 2]])],
  ['a map and a record', new Map([['a', 1]]), { a: 1 }],
  ['sets of the same size', new Set(['a']), new Set(['b'])],
])('%s do not', (_, a, b) => expect([equal(a, b), equal(b, a)]).toEqual([false, false]));
