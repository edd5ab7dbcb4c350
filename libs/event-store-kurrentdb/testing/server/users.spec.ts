import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { AccessDeniedError, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { once } from 'node:events';
import { collect } from './collect.js';
import { type KurrentTestServer, startKurrentTestServer } from './kurrent-test-server.js';

const someEvent = () => jsonEvent({ type: 'SomethingHappened', data: {} });

let server: KurrentTestServer;
beforeEach(async () => {
  server = await startKurrentTestServer({ users: { admin: 'changeit' } });
});
afterEach(() => server.stop());

const clientOf = (user: string): KurrentDBClient => KurrentDBClient.connectionString(server.url.replace('//', `//${user}`));

test('who says his name and password over TLS appends, reads and subscribes', async () => {
  const client = clientOf('admin:changeit@');
  await client.appendToStream('a', someEvent());
  expect(await collect(client.readStream('a'))).toHaveLength(1);
  const subscription = client.subscribeToAll();
  await once(subscription, 'caughtUp');
  await subscription.unsubscribe();
  await client.dispose();
});

test.each(['admin:wrong@', ''])('who comes as "%s" is refused', async (user) => {
  const client = clientOf(user);
  await expect(client.appendToStream('a', someEvent())).rejects.toBeInstanceOf(AccessDeniedError);
  await expect(collect(client.readStream('a'))).rejects.toBeInstanceOf(AccessDeniedError);
  const [error] = (await once(client.subscribeToAll(), 'error')) as [unknown];
  expect(error).toBeInstanceOf(AccessDeniedError);
  await client.dispose();
});
