import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from './lines.js';

async function* inPieces(text: Buffer, sizes: readonly number[]) {
  for (let from = 0, n = 0; from < text.length; n += 1) {
    const size = sizes[n % sizes.length]!;
    yield text.subarray(from, from + size);
    from += size;
  }
}

const linesIn = async (text: string, sizes: readonly number[]): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of linesOf(inPieces(Buffer.from(text), sizes))) lines.push(line.toString());
  return lines;
};

describe('lines', () => {
  it('are the same in whatever pieces the text comes', async () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'қ', ' ', '\r') }), { maxLength: 20 });
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, sizes, async (written, pieces) => {
        expect(await linesIn(written.map((line) => `${line}\n`).join(''), pieces)).toEqual(written);
      }),
    );
  });

  it('may lack the line break at the end', async () => {
    expect(await linesIn('one\ntwo', [4])).toEqual(['one', 'two']);
    expect(await linesIn('', [4])).toEqual([]);
  });
});
