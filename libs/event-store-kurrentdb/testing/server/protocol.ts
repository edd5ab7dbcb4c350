/**
 * The wire format, as the official client was generated from it. The modules are CommonJS whose exports cannot be seen
 * before they run, hence the default imports.
 */
import gossipService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_grpc_pb.js';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import featuresService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import status from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

export { features, gossip, shared, status, streams };
export const { StreamsService } = streamsService;
export const { GossipService } = gossipService;
export const { ServerFeaturesService } = featuresService;

export const empty = () => new shared.Empty();

export const streamIdentifier = (stream: string) =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));

export const streamNameOf = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const U64 = 64n;
const half = (hex: string): string => BigInt.asIntN(Number(U64), BigInt(`0x${hex}`)).toString();

/** A UUID as text or as two signed halves, which a reader may ask for. */
export function uuid(id: string, structured = false): shared.UUID {
  if (!structured) return new shared.UUID().setString(id);
  const hex = id.replaceAll('-', '');
  return new shared.UUID().setStructured(
    new shared.UUID.Structured().setMostSignificantBits(half(hex.slice(0, 16))).setLeastSignificantBits(half(hex.slice(16))),
  );
}

const unsignedHex = (signed: string): string => BigInt.asUintN(Number(U64), BigInt(signed)).toString(16).padStart(16, '0');

export function uuidText(id: shared.UUID | undefined): string {
  const halves = id?.getStructured();
  if (!halves) return id?.getString().toLowerCase() ?? '';
  const hex = unsignedHex(halves.getMostSignificantBits()) + unsignedHex(halves.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
