import { describe, expect, it } from '@jest/globals';
import { MOST_TRIES, nextTry } from './backoff.js';

const at = new Date('2024-03-01T00:00:00Z');
const secondsTo = (id: string, tries: number, after?: number) => (nextTry(id, tries, at, after)!.getTime() - at.getTime()) / 1000;

describe('After a failed try', () => {
  it('the next one comes later each time, and after the last none comes', () => {
    const waits = Array.from({ length: MOST_TRIES - 1 }, (_, n) => secondsTo('a', n + 1));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeGreaterThanOrEqual(4);
    expect(nextTry('a', MOST_TRIES, at)).toBeUndefined();
  });
  it('those who failed together come back apart, each always alike', () => {
    const waits = Array.from({ length: 200 }, (_, n) => secondsTo(`message ${n}`, 3));
    expect(new Set(waits).size).toBeGreaterThan(190);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(240);
    expect(Math.max(...waits)).toBeLessThanOrEqual(360);
    expect(secondsTo('message 7', 3)).toBe(waits[7]);
  });
  it('the receiver’s own wish makes it later and never sooner, by a day at most', () => {
    expect(secondsTo('a', 1, 3_600)).toBe(3_600);
    expect(secondsTo('a', 3, 1)).toBeGreaterThanOrEqual(240);
    expect(secondsTo('a', 1, 1e9)).toBe(86_400);
  });
});
