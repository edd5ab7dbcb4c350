import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.js';

it('goes on after the very row, at the very moment', () => {
  const place = fc.tuple(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.nat(),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 62n }), place, (position, after) => {
      const cursor = { position: String(position), after };
      expect(decodeCursor('/v1/bodies', encodeCursor('/v1/bodies', cursor), ['', 0])).toEqual(cursor);
    }),
  );
});

it('is of one list alone', () => {
  const text = encodeCursor('/v1/commitments?agenda=a', { position: '7', after: ['x'] });
  expect(decodeCursor('/v1/commitments?agenda=b', text, [''])).toBeUndefined();
});

it('is nothing else than what was given out', () => {
  const of = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const [print] = JSON.parse(Buffer.from(encodeCursor('list', { position: '7', after: ['x'] }), 'base64url').toString()) as [string];
  for (const parts of [[print, '7'], [print, '7', 1], [print, 7, 'x'], [print, '-1', 'x'], [print, '7', 'x', 'y'], { print }, null, 'x']) {
    expect(decodeCursor('list', of(parts), [''])).toBeUndefined();
  }
  // What PostgreSQL's text and integer cannot be.
  for (const part of ['a\0', '\ud83d']) expect(decodeCursor('list', of([print, '7', part]), [''])).toBeUndefined();
  for (const part of [0.5, -1, 2 ** 31, 1e300]) expect(decodeCursor('list', of([print, '7', part]), [0])).toBeUndefined();
  fc.assert(fc.property(fc.string(), (text) => expect(decodeCursor('list', text, [''])).toBeUndefined()));
});
