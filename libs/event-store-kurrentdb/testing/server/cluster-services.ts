import type { sendUnaryData } from '@grpc/grpc-js';
import { isSince, type Member, type Node } from './node.js';
import { features, gossip, GossipService, ServerFeaturesService, StreamsService, uuid } from './protocol.js';
import type { SupportedMethods } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import type { ClusterInfo } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';

/** `Gossip.Read`: who is in the cluster, as this node sees it. It is answered also before a user is known. */
export const readGossip =
  (node: Node) =>
  (_call: unknown, answer: sendUnaryData<ClusterInfo>): void => {
    answer(null, new gossip.ClusterInfo().setMembersList(node.members().map(memberInfo)));
  };

function memberInfo({ id, role, alive, address, port }: Member) {
  const states = gossip.MemberInfo.VNodeState;
  return new gossip.MemberInfo()
    .setInstanceId(uuid(id, true))
    .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
    .setState(role === 'leader' ? states.LEADER : states.FOLLOWER)
    .setIsAlive(alive)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(port));
}

const FEATURES: Readonly<Record<string, readonly string[]>> = {
  '/event_store.client.streams.Streams/Read': ['position', 'events'],
  '/event_store.client.streams.Streams/BatchAppend': ['deadline_duration'],
};

/**
 * `ServerFeatures.GetSupportedMethods`: the methods in lower case, as the server lists what it routes. Of those of a real
 * server only the ones that this one has: the client asks after no others to append, read and subscribe.
 */
export const getSupportedMethods =
  (node: Node) =>
  (_call: unknown, answer: sendUnaryData<SupportedMethods>): void => {
    const paths = [StreamsService, GossipService, ServerFeaturesService].flatMap((service) =>
      Object.values(service as unknown as Record<string, { readonly path: string }>).map(({ path }) => path),
    );
    const known = paths.filter((path) => isSince(node, '21.10') || !path.endsWith('/BatchAppend'));
    const methods = known.map((path) => {
      const [, service = '', method = ''] = path.toLowerCase().split('/');
      const told = isSince(node, '21.10') ? (FEATURES[path] ?? []) : [];
      return new features.SupportedMethod().setServiceName(service).setMethodName(method).setFeaturesList([...told]);
    });
    answer(null, new features.SupportedMethods().setEventStoreServerVersion(node.version).setMethodsList(methods));
  };
