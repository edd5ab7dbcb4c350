import { shared, streamIdentifier, streams, uuid } from './protocol.js';
import type { LoggedEvent } from './log.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

const TICKS_PER_MILLISECOND = 10_000n;

const position = (event: LoggedEvent): string => event.position.toString();

/** An event as it is sent to a reader: `created` counts 100 ns since 1970, positions are unsigned 64-bit integers. */
export function readEvent(event: LoggedEvent, options: ReadReq.Options): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuid(event.id, !options.getUuidOption()?.hasString()))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position(event))
    .setPreparePosition(position(event))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', (BigInt(event.created.getTime()) * TICKS_PER_MILLISECOND).toString())
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  return new streams.ReadResp().setEvent(new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position(event)));
}

export const streamNotFound = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)));

export const allPosition = (at: bigint): shared.AllStreamPosition =>
  new shared.AllStreamPosition().setCommitPosition(at.toString()).setPreparePosition(at.toString());
