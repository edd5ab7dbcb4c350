import { describe, expect, it } from '@jest/globals';
import { verifiedTokens } from './verified-tokens.js';

describe('verified tokens', () => {
  const key = new Uint8Array(1);
  const now = new Date(1_000);
  const verified = { actor: { subject: 'a', role: 'chair' }, until: 2_000, key, keyNow: async () => key } as const;

  it('are remembered, at most so many, the one unused for longest being forgotten first', async () => {
    const tokens = verifiedTokens(2);
    for (const token of ['a', 'b']) tokens.remember(token, verified);
    await tokens.actorBy('a', now);
    tokens.remember('c', verified);
    const known = await Promise.all(['a', 'b', 'c'].map((token) => tokens.actorBy(token, now)));
    expect(known.map((actor) => actor?.subject)).toEqual(['a', undefined, 'a']);
  });

  it('count until they expire, and never again', async () => {
    const tokens = verifiedTokens();
    tokens.remember('a', verified);
    expect(await tokens.actorBy('a', new Date(1_999))).toBeDefined();
    expect(await tokens.actorBy('a', new Date(2_000))).toBeUndefined();
    expect(await tokens.actorBy('a', now)).toBeUndefined();
  });

  it('count no more when another key is in the place of theirs', async () => {
    const tokens = verifiedTokens();
    tokens.remember('a', { ...verified, keyNow: async () => new Uint8Array(1) });
    expect(await tokens.actorBy('a', now)).toBeUndefined();
  });
});
