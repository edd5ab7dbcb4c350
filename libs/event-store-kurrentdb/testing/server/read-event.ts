import { empty, shared, streamIdentifier, streams, uuid } from './protocol.js';
import type { LoggedEvent } from './log.js';
import { isSince, type Node } from './node.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

const TICKS_PER_MILLISECOND = 10_000n;

/** What stands for no position. */
const NONE = (2n ** 64n - 1n).toString();

/**
 * An event as it is sent to a reader: `created` counts 100 ns since 1970, positions are unsigned 64-bit integers. Before 22.6
 * a reader of a stream is told no positions.
 */
export function readEvent(node: Node, event: LoggedEvent, options: ReadReq.Options): ReadResp {
  const isPlaced = options.hasAll() || isSince(node, '22.6');
  const position = isPlaced ? event.position.toString() : NONE;
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(event.id, !options.getUuidOption()?.hasString()))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', (BigInt(event.created.getTime()) * TICKS_PER_MILLISECOND).toString())
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  const sent = new streams.ReadResp.ReadEvent().setEvent(recorded);
  return new streams.ReadResp().setEvent(isPlaced ? sent.setCommitPosition(position) : sent.setNoPosition(empty()));
}

export const streamNotFound = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)));

export const allPosition = (at: bigint): shared.AllStreamPosition =>
  new shared.AllStreamPosition().setCommitPosition(at.toString()).setPreparePosition(at.toString());
