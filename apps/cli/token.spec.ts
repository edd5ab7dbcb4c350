import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localKey } from '#access/local-key.js';
import { tokenVerifier } from '#access/verify-token.js';
import { mindet } from './testing/mindet.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mindet-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const token = (...args: string[]) => mindet(['token', ...args], { MINDET_DATA: folder });

describe('mindet token', () => {
  it('prints a token that the service believes, and nothing else', async () => {
    const { code, stdout, stderr } = await token('--role', 'liaison', '--state', 'KG', '--sub', 'aibek');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const verifier = tokenVerifier({ localKey: await localKey(folder) }, () => new Date());
    expect(await verifier.verify(stdout.trim())).toEqual({ subject: 'aibek', role: 'liaison', state: 'KG' });
  });

  it('takes how long the token lasts, or until when', async () => {
    const [hours, until] = await Promise.all([token('--role', 'chair', '--expires', '2h'), token('--role', 'chair', '--expires', '2099-01-01T00:00:00Z')]);
    const { iat, exp } = decodeJwt(hours.stdout.trim());
    expect(exp! - iat!).toBe(7_200);
    expect(decodeJwt(until.stdout.trim()).exp).toBe(Date.UTC(2099, 0, 1) / 1000);
  });

  it.each([
    ['no role', [], "required option '--role <role>'"],
    ['a role that there is not', ['--role', 'emperor'], 'Allowed choices are chair, secretariat, liaison'],
    ['a liaison without a state', ['--role', 'liaison'], 'state'],
    ['a state that cannot be one', ['--role', 'liaison', '--state', 'kyrgyzstan'], 'state'],
    ['a focal point without a body', ['--role', 'body'], 'body'],
    ['an expiry that is none', ['--role', 'chair', '--expires', 'soon'], 'duration such as 12h'],
    ['an option that there is not', ['--role', 'chair', '--state-of', 'KG'], "unknown option '--state-of'"],
  ])('refuses %s, and prints no token', async (_case, args, complaint) => {
    const { code, stdout, stderr } = await token(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error: /);
    expect(stderr.split('\n')[0]).toContain(complaint);
  });

  it('leaves tokens to the issuer where there is one', async () => {
    const { code, stdout, stderr } = await mindet(['token', '--role', 'chair'], {
      MINDET_DATA: folder,
      AUTH_ISSUER: 'https://id.example',
      AUTH_AUDIENCE: 'mindet',
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('issued by https://id.example');
  });

  it('says in a line where the data folder is none', async () => {
    await writeFile(join(folder, 'file'), '');
    const { code, stderr } = await mindet(['token', '--role', 'chair'], { MINDET_DATA: join(folder, 'file') });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*a file is in the way.*\n$/)]);
  });
});
