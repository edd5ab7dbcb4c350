import { describe, expect, test } from '@jest/globals';
import { connectionString } from './connection-string.js';
import { openKurrentDb } from './open.js';
import { startKurrentTestServer } from './testing/server/kurrent-test-server.js';
import { KurrentDbUnusable } from './unusable.js';

const signal = new AbortController().signal;
const opening = (url: string, until = signal) => openKurrentDb(url, { prefix: 'mindet.', signal: until, patience: 100 });

/** The line that is told instead of opening. */
async function refusal(url: string): Promise<string> {
  const error: unknown = await opening(url).then((store) => store.close(), (reason: unknown) => reason);
  expect(error).toBeInstanceOf(KurrentDbUnusable);
  return (error as Error).message;
}

describe('a connection string', () => {
  test.each([
    ['kurrentdb://db.example', 'kurrentdb://db.example'],
    ['esdb://admin:p%40ss@db:2113/?TLS=false', 'kurrentdb://admin:p%40ss@db:2113?tls=false'],
    ['esdb+discover://cluster.example:2113', 'kurrentdb+discover://cluster.example:2113'],
    ['kurrentdb://u:p@a:1,b:2,c?nodePreference=leader&tlsverifycert=false', 'kurrentdb://u:p@a:1,b:2,c?nodePreference=leader&tlsVerifyCert=false'],
  ])('%s is taken', (given, url) => {
    expect(connectionString(given).url).toBe(url);
  });

  test.each([
    'kurrentdb://',
    'kurrentdb://u:secret@',
    'kurrentdb://u:secret@db:port',
    'kurrentdb://u:se/cret@db',
    'kurrentdb://secret@db',
    'kurrentdb://u:secret@db?secret',
    'kurrentdb://u:secret@db?secret=1',
    'kurrentdb://u:secret@db?tls=secret',
    'kurrentdb://u:secret@db?gossipTimeout=secret',
    'kurrentdb://u:secret@db?nodePreference=secret',
    'kurrentdb://u:secret@db?tlsCAFile=/no/such/file',
    'kurrentdb://u:secret@db?userCertFile=package.json',
  ])('%s is refused in a line that shows nothing of it', async (given) => {
    const line = await refusal(given);
    expect(line).toMatch(/^KURRENTDB_URL: [^\n]+$/);
    expect(line).not.toContain('secret');
  });
});

test('a server that is too old is refused', async () => {
  const old = await startKurrentTestServer({ version: '22.10.4' });
  expect(await refusal(old.url)).toBe('KURRENTDB_URL: the server is of version 22.10.4; the oldest that can be used is 23.10');
  await old.stop();
});

test.each(['23.10.0', '24.2.1', '25.0.1', '26.1.0'])('a server of version %s is taken', async (version) => {
  const server = await startKurrentTestServer({ version });
  await (await opening(server.url)).close();
  await server.stop();
});

test('a server that cannot be reached is told of, also where it is one of several', async () => {
  const server = await startKurrentTestServer();
  await server.stop();
  const { port } = server;
  expect(await refusal(server.url)).toMatch(new RegExp(`^KURRENTDB_URL: no server can be reached at 127.0.0.1:${port}: .*ECONNREFUSED`));
  expect(await refusal(`kurrentdb://127.0.0.1:${port},127.0.0.1:${port}?tls=false`)).toMatch(/^KURRENTDB_URL: no server can be reached at 127.0.0.1:\d+,/);
});

test('a user whom the server does not know, or no user, is told of without the password', async () => {
  const server = await startKurrentTestServer({ users: { admin: 'changeit' } });
  const as = (user: string) => server.url.replace('kurrentdb://', `kurrentdb://${user}`);
  for (const user of ['admin:wrong@', '']) {
    const line = await refusal(as(user));
    expect(line).toMatch(/^KURRENTDB_URL: the server at localhost:\d+ refuses the user, or what it asks for$/);
  }
  await (await opening(as('admin:changeit@'))).close();
  await server.stop();
});

test('whoever is asked to end while no server answers ends', async () => {
  const server = await startKurrentTestServer();
  await server.stop();
  const asked = new AbortController();
  const opened = opening(server.url, asked.signal);
  asked.abort(new Error('asked to end'));
  await expect(opened).rejects.toThrow('asked to end');
});
