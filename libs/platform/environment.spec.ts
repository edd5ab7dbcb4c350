import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvironmentInvalid, readEnvironment } from './environment.js';
import { packageRoot } from './package-root.js';

const defaults = {
  PORT: 3000,
  MINDET_DATA: resolve('data'),
  DATABASE_POOL_MAX: 10,
  EVENT_STORE: 'postgres',
  KURRENTDB_STREAM_PREFIX: 'mindet.',
  PROJECTOR: 'inside',
  AGENDA: join(packageRoot(), 'agendas/csto-2024.yaml'),
  LEDGER_CHECKPOINT_SECONDS: 60,
  SMTP_TLS: 'required',
  WEBHOOK_ALLOWED_HOSTS: [],
  WEBHOOK_PRIVATE_NETWORKS: 'refuse',
  REMINDER_DAYS_BEFORE_DUE: 7,
  REMINDER_DAYS_AFTER_DUE: 1,
  LOG_LEVEL: 'info',
  TRUST_PROXY: 0,
  RATE_LIMIT_PER_MINUTE: 1200,
};

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentInvalid) return error.lines;
    throw error;
  }
  return [];
}

test('with nothing set, or all of it empty, everything has its default', () => {
  expect(readEnvironment({ PATH: '/bin' })).toEqual(defaults);
  expect(readEnvironment({ PORT: '', AUTH_ISSUER: '', AUTH_AUDIENCE: ' ', DATABASE_URL: '', AGENDA: '' })).toEqual(
    defaults,
  );
});

test('what is set is taken', () => {
  const auth = {
    AUTH_ISSUER: 'https://id.example/',
    AUTH_AUDIENCE: 'mindet',
    AUTH_JWKS_URL: 'https://id.example/keys',
  };
  const url = 'postgresql://mindet:secret@db/mindet';
  expect(
    readEnvironment({
      ...auth,
      PORT: '0',
      MINDET_DATA: '/srv/mindet',
      DATABASE_URL: url,
      AGENDA: 'none',
      PROJECTOR: 'apart',
      LOG_LEVEL: 'debug',
    }),
  ).toEqual({
    ...defaults,
    ...auth,
    PORT: 0,
    MINDET_DATA: '/srv/mindet',
    DATABASE_URL: url,
    AGENDA: undefined,
    PROJECTOR: 'apart',
    LOG_LEVEL: 'debug',
  });
  expect(readEnvironment({ AGENDA: 'mine.yaml' }).AGENDA).toBe(resolve('mine.yaml'));
});

const SIGNS = 'must be up to 100 letters, digits or the signs _ . : - of ASCII, and begin with a letter, a digit or _';

describe('a variable that is wrong is named with what it must be', () => {
  test.each([
    ['PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['PORT', '80a', 'must be a whole number from 0 to 65535'],
    ['PORT', '-1', 'must be a whole number from 0 to 65535'],
    ['DATABASE_POOL_MAX', '1', 'must be a whole number of connections from 2 to 1000'],
    ['TRUST_PROXY', 'true', 'must be a whole number of proxies from 0 to 100'],
    ['RATE_LIMIT_PER_MINUTE', '1e3', 'must be a whole number of requests from 0 to 1000000'],
    ['DATABASE_URL', 'mysql://u:p@h/d', 'must be an address that begins with postgres:// or postgresql://'],
    ['DATABASE_URL', 'localhost', 'must be an address that begins with postgres:// or postgresql://'],
    ['EVENT_STORE', 'mongodb', 'must be one of postgres, kurrentdb'],
    ['KURRENTDB_STREAM_PREFIX', '$mine', SIGNS],
    ['KURRENTDB_STREAM_PREFIX', 'дом.', SIGNS],
    ['PROJECTOR', 'outside', 'must be one of inside, apart'],
    ['SMTP_URL', 'smtp://mail.example:587?requireTLS=false', 'must be an address without anything after its port'],
    ['SMTP_TLS', 'maybe', 'must be one of required, off'],
    ['WEBHOOK_ALLOWED_HOSTS', 'https://hooks.example', 'must be host names with commas between them, as hooks.example.org, *.example.int'],
    ['WEBHOOK_PRIVATE_NETWORKS', 'true', 'must be one of refuse, allow'],
    ['LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent'],
  ])('%s=%s', (name, value, message) => {
    expect(linesOf({ SMTP_FROM: 'mindet@example.org', [name]: value })).toEqual([`${name} ${message}`]);
  });

  test('an issuer and an audience go together, and keys go with both', () => {
    expect(linesOf({ AUTH_ISSUER: 'https://id.example' })).toEqual([
      'AUTH_AUDIENCE must be set together with AUTH_ISSUER',
    ]);
    expect(linesOf({ AUTH_AUDIENCE: 'mindet' })).toEqual(['AUTH_ISSUER must be set together with AUTH_AUDIENCE']);
    expect(linesOf({ AUTH_JWKS_URL: 'https://id.example/keys' })).toEqual([
      'AUTH_ISSUER must be set together with AUTH_JWKS_URL',
    ]);
    expect(linesOf({ AUTH_ISSUER: 'id.example', AUTH_AUDIENCE: 'mindet' })).toEqual([
      'AUTH_ISSUER must be an address that begins with https:// or http://',
    ]);
  });

  test('a mail server wants to know from whom letters come', () => {
    expect(linesOf({ SMTP_URL: 'smtp://mail.example:587' })).toEqual(['SMTP_FROM must be set together with SMTP_URL']);
    const mail = { SMTP_URL: 'smtps://user:p%3Fss@mail.example:465', SMTP_FROM: 'Mindet <mindet@example.org>' };
    expect(readEnvironment(mail)).toEqual({ ...defaults, ...mail });
  });

  test('the event store in KurrentDB wants to know where that is', () => {
    expect(linesOf({ EVENT_STORE: 'kurrentdb' })).toEqual(['KURRENTDB_URL must be set together with EVENT_STORE=kurrentdb']);
    expect(linesOf({ EVENT_STORE: 'kurrentdb', KURRENTDB_URL: 'http://admin:secret@db:2113' })).toEqual([
      'KURRENTDB_URL must be an address that begins with kurrentdb://, kurrentdb+discover://, esdb:// or esdb+discover://',
    ]);
    for (const url of ['kurrentdb://db:2113?tls=false', 'esdb+discover://u:p@cluster.example', 'kurrentdb://a:1,b:2,c:3']) {
      expect(readEnvironment({ EVENT_STORE: 'kurrentdb', KURRENTDB_URL: url })).toMatchObject({ KURRENTDB_URL: url });
    }
  });

  test('several wrong ones give a line each, and no line shows a value', () => {
    const lines = linesOf({ PORT: 'secret1', LOG_LEVEL: 'secret2', DATABASE_URL: 'secret3' });
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toContain('secret');
  });
});

test('the documentation lists exactly the variables that are read', () => {
  const documented = readFileSync(join(packageRoot(), 'docs/configuration.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm);
  const optional = [
    'DATABASE_URL', 'KURRENTDB_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_JWKS_URL', 'LEDGER_ORIGIN', 'LEDGER_KEY_FILE', 'SMTP_URL', 'SMTP_FROM', 'CHANNEL_KEY_FILE',
    'LEDGER_PREVIOUS_KEY_FILE',
  ];
  const read = [...Object.keys(defaults), ...optional];
  expect(new Set(Array.from(documented, (match) => match[1]))).toEqual(new Set(read));
});
