import type { KurrentLog, LoggedEvent } from './log.js';
import { streamNameOf } from './protocol.js';
import { streamDeleted } from './refusals.js';
import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

export const streamOf = (options: ReadReq.Options): string => streamNameOf(options.getStream()?.getStreamIdentifier());

/** @throws where it was deleted for good */
export function readableStream(log: KurrentLog, stream: string): readonly LoggedEvent[] | undefined {
  if (log.isDeleted(stream)) throw streamDeleted(stream);
  return log.stream(stream);
}

/** The index of the first event at or after a position. */
export function indexFrom(events: readonly LoggedEvent[], position: bigint): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
