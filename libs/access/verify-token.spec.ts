import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { base64url, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { KeysUnavailable, TokenRefused } from './errors.js';
import { issueToken, LOCAL_AUDIENCE, LOCAL_ISSUER } from './issue-token.js';
import { localKey, type LocalKey } from './local-key.js';
import { testIssuer } from './testing/issuer.js';
import { trustedIssuer } from './trusted-issuer.js';
import { tokenVerifier, type TokenVerifier } from './verify-token.js';

const NOW = new Date('2024-03-18T09:00:00Z');
const seconds = (date: Date) => date.getTime() / 1000;
const later = (s: number) => new Date(NOW.getTime() + s * 1000);
const clock = () => NOW;

const part = (value: object) => base64url.encode(JSON.stringify(value));

describe('a token signed with the local key', () => {
  let folder: string;
  let key: LocalKey;
  let verifier: TokenVerifier;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mindet-token-'));
    key = await localKey(folder);
    verifier = tokenVerifier({ localKey: key }, clock);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const claims = { sub: 'a', role: 'chair', iss: LOCAL_ISSUER, aud: LOCAL_AUDIENCE, exp: seconds(later(60)) };
  const sign = (changes: object, header: object = {}, signer: CryptoKey | Uint8Array = key.privateKey) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(signer);

  it('says who acts, and for which state or body', async () => {
    const chair = await issueToken({ role: 'chair', sub: 'astana' }, key, NOW);
    const liaison = await issueToken({ role: 'liaison', state: 'KG' }, key, NOW);
    const body = await issueToken({ role: 'body', body: 'ksopn' }, key, NOW);
    expect(await verifier.verify(chair)).toEqual({ subject: 'astana', role: 'chair' });
    expect(await verifier.verify(liaison)).toEqual({ subject: 'liaison', role: 'liaison', state: 'KG' });
    expect(await verifier.verify(body)).toEqual({ subject: 'body', role: 'body', body: 'ksopn' });
  });

  it('is not issued for a liaison without a state or a body without an id', async () => {
    await expect(issueToken({ role: 'liaison' }, key, NOW)).rejects.toThrow('its state');
    await expect(issueToken({ role: 'body' }, key, NOW)).rejects.toThrow('id of that body');
  });

  it('lasts until it expires, within a small difference of clocks', async () => {
    const token = await issueToken({ role: 'chair', expires: later(60) }, key, NOW);
    await expect(tokenVerifier({ localKey: key }, () => later(64)).verify(token)).resolves.toBeDefined();
    await expect(tokenVerifier({ localKey: key }, () => later(66)).verify(token)).rejects.toThrow('expired');
  });

  it.each([
    ['no expiry', { exp: undefined }, 'exp'],
    ['another audience', { aud: 'elsewhere' }, 'another audience'],
    ['no audience', { aud: undefined }, 'another audience'],
    ['another issuer', { iss: 'https://elsewhere.example' }, 'another issuer'],
    ['a day to come', { nbf: seconds(later(3600)) }, 'not valid yet'],
    ['an unknown role', { role: 'emperor' }, 'claim "role"'],
    ['a role of the prototype', { role: 'constructor' }, 'claim "role"'],
    ['no subject', { sub: undefined }, 'claim "sub"'],
    ['a subject with NUL', { sub: 'a\0b' }, 'claim "sub"'],
    ['a subject with half a character', { sub: 'a\ud800' }, 'claim "sub"'],
    ['a state that is none', { role: 'liaison', state: 'kg' }, 'claim "state"'],
    ['a list of states', { role: 'liaison', state: ['KG'] }, 'claim "state"'],
  ])('is refused with %s', async (_case, changes, message) => {
    const refusal = verifier.verify(await sign(changes));
    await expect(refusal).rejects.toThrow(TokenRefused);
    await expect(refusal).rejects.toThrow(message);
  });

  it('is refused when it names a key that is not known', async () => {
    await expect(verifier.verify(await sign({}, { kid: 'another' }))).rejects.toThrow('key that is not known');
  });

  it('is refused when another key of the same kind signed it', async () => {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    await expect(verifier.verify(await sign({}, {}, privateKey))).rejects.toThrow('signature');
  });

  it('is refused when a claim was changed after it was signed', async () => {
    const [header, , signature] = (await sign({})).split('.');
    const forged = `${header}.${base64url.encode(JSON.stringify({ ...claims, role: 'auditor' }))}.${signature}`;
    await expect(verifier.verify(forged)).rejects.toThrow('signature');
  });

  it('is refused unsigned', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      await expect(verifier.verify(`${part({ alg })}.${part(claims)}.`)).rejects.toThrow(TokenRefused);
    }
  });

  it('is refused when the public key served as a shared secret', async () => {
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(key.publicKey)));
    await expect(verifier.verify(await sign({}, { alg: 'HS256' }, secret))).rejects.toThrow('not accepted here');
  });

  it('has its signature verified once, and still expires', async () => {
    const verify = jest.spyOn(crypto.subtle, 'verify');
    let now = NOW;
    const one = tokenVerifier({ localKey: key }, () => now);
    const token = await sign({});
    const actors = [await one.verify(token), await one.verify(token)];
    expect(actors).toEqual([{ subject: 'a', role: 'chair' }, { subject: 'a', role: 'chair' }]);
    expect(verify).toHaveBeenCalledTimes(1);
    now = later(64.9);
    await expect(one.verify(token)).resolves.toBeDefined();
    expect(verify).toHaveBeenCalledTimes(1);
    now = later(65);
    await expect(one.verify(token)).rejects.toThrow('expired');
    verify.mockRestore();
  });

  it('is remembered only where it was believed', async () => {
    const refused = await sign({ aud: 'elsewhere' });
    for (const _time of ['first', 'second']) await expect(verifier.verify(refused)).rejects.toThrow('another audience');
  });

  it.each(['', 'x', '..', 'a.b.c', 'null', '{}', 'a.b.c.d.e', '\0'])('is refused when it is garbage: %p', async (token) => {
    await expect(verifier.verify(token)).rejects.toThrow(TokenRefused);
  });
});

describe('a token of an OpenID Connect issuer', () => {
  let issuer: Awaited<ReturnType<typeof testIssuer>>;
  beforeEach(async () => {
    issuer = await testIssuer();
  });
  afterEach(() => issuer.close());

  const verifierFor = (options: object = {}) =>
    tokenVerifier({ issuer: issuer.url, audience: 'mindet', timeout: 2_000, cooldown: 0, ...options }, clock);
  const claims = () => ({ sub: 'a', role: 'chair', iss: issuer.url, aud: 'mindet', exp: seconds(later(60)) });

  it.each([['discovery', () => ({})], ['the address of its keys', () => ({ jwksUrl: `${issuer.url}/keys` })]])(
    'is verified by %s',
    async (_way, options) => {
      const verifier = verifierFor(options());
      expect(await verifier.verify(await issuer.sign(claims()))).toEqual({ subject: 'a', role: 'chair' });
      await expect(verifier.verify(await issuer.sign({ ...claims(), aud: 'x' }))).rejects.toThrow('another audience');
      await expect(verifier.verify(await issuer.sign({ ...claims(), iss: 'x' }))).rejects.toThrow('another issuer');
    },
  );

  it('has its signature verified once for a key', async () => {
    const verify = jest.spyOn(crypto.subtle, 'verify');
    const verifier = verifierFor();
    const token = await issuer.sign(claims());
    for (const _time of ['first', 'second']) await verifier.verify(token);
    expect(verify).toHaveBeenCalledTimes(1);
    verify.mockRestore();
  });

  it('is verified after the issuer rotated its keys, and the old key then counts no more', async () => {
    const verifier = verifierFor();
    const old = await issuer.sign(claims());
    await verifier.verify(old);
    await issuer.rotate();
    await expect(verifier.verify(await issuer.sign(claims()))).resolves.toBeDefined();
    await expect(verifier.verify(old)).rejects.toThrow('key that is not known');
  });

  it('cannot be judged while the issuer is away, and can as soon as it is back', async () => {
    const verifier = verifierFor();
    const token = await issuer.sign(claims());
    issuer.setAway(true);
    await expect(verifier.verify(token)).rejects.toThrow(KeysUnavailable);
    await expect(verifier.check()).rejects.toThrow(KeysUnavailable);
    issuer.setAway(false);
    await expect(verifier.verify(token)).resolves.toBeDefined();
    await expect(verifier.check()).resolves.toBeUndefined();
  });

  it('cannot be judged when the discovery document speaks for another issuer', async () => {
    const token = await issuer.sign(claims());
    await expect(verifierFor({ issuer: `${issuer.url}/other` }).verify(token)).rejects.toThrow(KeysUnavailable);
  });

  it('is refused as garbage even while the issuer is away', async () => {
    issuer.setAway(true);
    await expect(verifierFor().verify('garbage')).rejects.toThrow(TokenRefused);
  });
});

describe('the issuer that the environment names', () => {
  it.each([
    { AUTH_ISSUER: 'https://id.example' },
    { AUTH_AUDIENCE: 'mindet' },
    { AUTH_JWKS_URL: 'https://id.example/keys' },
    { AUTH_ISSUER: 'id.example', AUTH_AUDIENCE: 'mindet' },
    { AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'mindet', AUTH_JWKS_URL: 'file:///keys' },
  ])('must be named wholly and soundly: %p', async (environment) => {
    await expect(trustedIssuer(environment, '/nonexistent')).rejects.toThrow('AUTH_');
  });

  it('is taken as named', async () => {
    const environment = { AUTH_ISSUER: 'https://id.example', AUTH_AUDIENCE: 'mindet', AUTH_JWKS_URL: 'https://id.example/keys' };
    expect(await trustedIssuer(environment, '/nonexistent')).toEqual({
      issuer: 'https://id.example',
      audience: 'mindet',
      jwksUrl: 'https://id.example/keys',
    });
  });
});
