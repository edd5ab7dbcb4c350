import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { comparePositions, isPosition } from './position.js';

const positions = fc.bigInt({ min: 0n, max: 9223372036854775806n });

test('positions are ordered by value, also beyond what a double can tell apart', () => {
  expect(comparePositions('9007199254740993', '9007199254740992')).toBeGreaterThan(0);
  expect(comparePositions('9', '10')).toBeLessThan(0);
  fc.assert(
    fc.property(positions, positions, (a, b) => {
      expect(Math.sign(comparePositions(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('a position is a canonical decimal of 63 bits', () => {
  fc.assert(fc.property(positions, (value) => isPosition(String(value))));
  for (const text of ['0', '9223372036854775806']) expect([text, isPosition(text)]).toEqual([text, true]);
  for (const text of ['', '00', '01', '-1', '+1', '1.0', '1e3', ' 1', '1\n', '0x1', '١', '9223372036854775807', '1'.repeat(20)]) {
    expect([text, isPosition(text)]).toEqual([text, false]);
  }
});
