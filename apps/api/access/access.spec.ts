import { Controller, Get, Post } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { base64url, decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { KeysUnavailable } from '#access/errors.js';
import type { TokenRequest } from '#access/issue-token.js';
import { MAY_ISSUE } from '#domain/authority.js';
import { ROLES, type ActorRole, type Role } from '#domain/vocabulary.js';
import { testApi, type TestApi } from '../testing/api.js';
import { DOORS, type DoorExample } from '../testing/doors.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';
import { Open } from './declared-access.js';

const tokenFor = (role: Role): TokenRequest => ({
  role,
  ...(role === 'liaison' && { state: 'KG' }),
  ...(role === 'body' && { body: 'ksopn' }),
});

const away = () => Promise.reject(new KeysUnavailable('away'));

describe('who may use a door', () => {
  const commands = new RecordedCommands();
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ modules: [commandsOf(commands)] });
  });
  afterAll(() => api.close());
  beforeEach(() => void commands.issued.splice(0));

  const send = ({ method, path, body }: DoorExample, authorization?: string) => {
    const request = api.http()[method](path);
    if (authorization !== undefined) request.set('Authorization', authorization);
    return request.send(body);
  };
  const proposal = DOORS.find(({ command }) => command.type === 'ProposePriority')!;

  it.each(DOORS.map((door) => [`${door.method} ${door.path}`, door] as const))('is told at %s for every role, and for none', async (_name, door) => {
    const allowed: readonly ActorRole[] = MAY_ISSUE[door.command.type];
    for (const role of ROLES) {
      const response = await send(door, await api.bearer(tokenFor(role)));
      if (allowed.includes(role)) expect([role, response.status]).toEqual([role, door.makesIn ? 201 : 200]);
      else expect([role, response.status, response.body.code]).toEqual([role, 403, 'ROLE_NOT_ALLOWED']);
    }
    const response = await send(door);
    expect([response.status, response.body.code]).toEqual([401, 'TOKEN_MISSING']);
    expect(commands.issued).toHaveLength(allowed.length);
  });

  it('is challenged for a token without a word of an error where none was sent', async () => {
    const response = await send(proposal).expect(401);
    expect(response.headers['www-authenticate']).toBe('Bearer realm="mindet"');
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'Bearer a b', 'x'])('is not told by the header Authorization: %s', async (authorization) => {
    await send(proposal, authorization).expect(401);
  });

  it('is told before the body is read', async () => {
    const response = await api.http().post(proposal.path).set('Content-Type', 'text/plain').send('{');
    expect(response.status).toBe(401);
  });

  it('is nobody with a token that is expired, forged, for another audience, of another issuer, unsigned or garbage', async () => {
    const good = (await api.bearer(tokenFor('chair'))).slice('Bearer '.length);
    const claims = decodeJwt(good);
    const sign = (changes: object, key = api.key.privateKey) =>
      new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'EdDSA' }).sign(key);
    const [header, , signature] = good.split('.');
    const { privateKey: another } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const tokens: Record<string, string> = {
      expired: await sign({ exp: 1_700_000_000 }),
      'forged by another key': await sign({}, another),
      'forged in its claims': `${header}.${base64url.encode(JSON.stringify({ ...claims, role: 'secretariat' }))}.${signature}`,
      'for another audience': await sign({ aud: 'elsewhere' }),
      'of another issuer': await sign({ iss: 'https://elsewhere.example' }),
      unsigned: `${base64url.encode('{"alg":"none"}')}.${base64url.encode(JSON.stringify(claims))}.`,
      'without a role': await sign({ role: undefined }),
      garbage: 'garbage',
    };
    for (const [name, token] of Object.entries(tokens)) {
      const response = await send(proposal, `Bearer ${token}`);
      expect([name, response.status, response.body.code]).toEqual([name, 401, 'TOKEN_REFUSED']);
      expect(response.headers['www-authenticate']).toMatch(/^Bearer realm="mindet", error="invalid_token", error_description="[^"]+"$/);
      expect(JSON.stringify([response.body, response.headers])).not.toContain(token);
    }
    expect(commands.issued).toEqual([]);
    expect(JSON.stringify(api.logged)).not.toContain(good.split('.')[1]);
  });
});

describe('while the issuer’s keys cannot be read', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ modules: [commandsOf(new RecordedCommands())], verifier: { verify: away, check: away } });
  });
  afterAll(() => api.close());

  it('a token is answered with 503 and when to try again', async () => {
    const response = await api.http().post('/v1/agendas').set('Authorization', 'Bearer x').send({});
    expect([response.status, response.body.code]).toEqual([503, 'KEYS_AWAY']);
    expect(response.headers['retry-after']).toBe('5');
  });

  it('a route that needs no token answers even if one is sent', async () => {
    await api.http().get('/health/live').set('Authorization', 'Bearer x').expect(200);
  });
});

describe('a route that does not declare who may use it', () => {
  @Controller('secret')
  class SecretController {
    @Get()
    @Open()
    shown() {
      return {};
    }

    @Post()
    forgotten() {
      return {};
    }
  }
  class SecretModule {}

  it('keeps the service from starting', async () => {
    const secret = { module: SecretModule, controllers: [SecretController] };
    await expect(testApi({ modules: [commandsOf(new RecordedCommands()), secret] })).rejects.toThrow('SecretController.forgotten');
  });
});
