import type { KurrentLog, LoggedEvent } from './log.js';
import { isSince, type Node } from './node.js';
import { empty, shared, streamIdentifier, streams, uuid } from './protocol.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

const TICKS_PER_MILLISECOND = 10_000n;
/** What stands for no position. */
const NOWHERE = 2n ** 64n - 1n;

/**
 * An event as it is sent to a reader, with the event it links to where the reader wants links resolved. Before 22.6 a reader
 * of a stream is told no positions.
 */
export function readEvent(node: Node, event: LoggedEvent, options: ReadReq.Options): ReadResp {
  const isPlaced = options.hasAll() || isSince(node, '22.6');
  const recorded = (one: LoggedEvent) => recordedEvent(one, options, isPlaced ? one.position : NOWHERE);
  const read = new streams.ReadResp.ReadEvent();
  if (options.getResolveLinks() && event.type === '$>') {
    const target = linked(node.log, event);
    read.setLink(recorded(event)).setEvent(target && recorded(target));
  } else read.setEvent(recorded(event));
  return new streams.ReadResp().setEvent(
    isPlaced ? read.setCommitPosition(event.position.toString()) : read.setNoPosition(empty()),
  );
}

/** `created` counts 100 ns since 1970. */
function recordedEvent(event: LoggedEvent, options: ReadReq.Options, position: bigint): ReadResp.ReadEvent.RecordedEvent {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(event.id, !options.getUuidOption()?.hasString()))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position.toString())
    .setPreparePosition(position.toString())
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', (BigInt(event.created.getTime()) * TICKS_PER_MILLISECOND).toString())
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  return recorded;
}

/** A link is `revision@stream`. */
function linked(log: KurrentLog, link: LoggedEvent): LoggedEvent | undefined {
  const [, revision, stream = ''] = /^(\d+)@(.*)$/s.exec(Buffer.from(link.data).toString('utf8')) ?? [];
  return log.stream(stream)?.[Number(revision)];
}

export const streamNotFound = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)));

export const allPosition = (at: bigint): shared.AllStreamPosition =>
  new shared.AllStreamPosition().setCommitPosition(at.toString()).setPreparePosition(at.toString());
