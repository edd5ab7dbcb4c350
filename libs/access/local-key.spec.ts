import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { localKey } from './local-key.js';

describe('the local key', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mindet-key-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made at first start, for the owner’s eyes alone, and is the same ever after', async () => {
    const first = await localKey(join(folder, 'data'));
    const again = await localKey(join(folder, 'data'));
    expect(again.kid).toBe(first.kid);
    const { mode } = await stat(join(folder, 'data', 'access-key.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('is one key for all who start at once, and leaves no draft behind', async () => {
    for (let round = 0; round < 20; round++) {
      const data = join(folder, String(round));
      const keys = await Promise.all(Array.from({ length: 8 }, () => localKey(data)));
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
      expect(await readdir(data)).toEqual(['access-key.json']);
    }
  });

  it.each(['', '{"kty":"EC"}', 'not a key'])('is not replaced where the file holds something else: %p', async (content) => {
    await writeFile(join(folder, 'access-key.json'), content);
    await expect(localKey(folder)).rejects.toThrow('holds no Ed25519 key');
  });
});
