import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { jsonEvent, KurrentDBClient, NotLeaderError } from '@kurrent/kurrentdb-client';
import { collect } from './collect.js';
import { type KurrentTestCluster, startKurrentTestCluster } from './kurrent-test-server.js';

const someEvent = () => jsonEvent({ type: 'SomethingHappened', data: {} });

let cluster: KurrentTestCluster;
let client: KurrentDBClient;
beforeEach(async () => {
  cluster = await startKurrentTestCluster(3);
  client = KurrentDBClient.connectionString(cluster.url);
});
afterEach(async () => {
  await client.dispose();
  await cluster.stop();
});

const nodeOf = (index: number, preference = 'follower'): KurrentDBClient => {
  const { address, port } = cluster.nodes[index]!;
  return KurrentDBClient.connectionString`kurrentdb://${address}:${port}?tls=false&nodePreference=${preference}`;
};

test('a client finds the leader by gossip, to append and to read', async () => {
  await client.appendToStream('a', someEvent(), { requiresLeader: true });
  expect(await collect(client.readStream('a', { requiresLeader: true }))).toHaveLength(1);
  expect(cluster.nodes.map(({ connections }) => connections > 0)).toContain(true);
});

test('a follower names the leader to whom wants the leader', async () => {
  const follower = nodeOf(1);
  const { port } = cluster.leader!;
  await expect(follower.appendToStream('a', someEvent(), { requiresLeader: true })).rejects.toMatchObject({
    type: 'not-leader',
    leader: { address: '127.0.0.1', port },
  });
  await expect(collect(follower.readAll({ requiresLeader: true }))).rejects.toBeInstanceOf(NotLeaderError);
  // Reads want the leader also where the client prefers it, as it does by itself.
  await expect(collect(nodeOf(1, 'leader').readAll())).rejects.toBeInstanceOf(NotLeaderError);
  await follower.dispose();
});

test('a follower reads, and passes on what is appended', async () => {
  const follower = nodeOf(2);
  await follower.appendToStream('a', someEvent());
  expect(await collect(follower.readStream('a'))).toHaveLength(1);
  await follower.dispose();
});

test('where the leader goes and another is elected, a client comes to append there', async () => {
  await client.appendToStream('a', someEvent(), { requiresLeader: true });
  await cluster.leader?.stop();
  cluster.elect(cluster.nodes[1]!);
  await expect(client.appendToStream('a', someEvent(), { requiresLeader: true })).rejects.toMatchObject({ type: 'unavailable' });
  await client.appendToStream('a', someEvent(), { requiresLeader: true });
  expect(cluster.log.stream('a')).toHaveLength(2);
});
