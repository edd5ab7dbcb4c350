import { status } from '@grpc/grpc-js';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { randomUUID } from 'node:crypto';
import { type EventFilter, filterOf } from './filter.js';
import type { LoggedEvent } from './log.js';
import { isSince, type Node } from './node.js';
import type { Outgoing, ReadCall } from './outgoing.js';
import { streams } from './protocol.js';
import { readEvent } from './read-event.js';
import { indexFrom, readableStream, streamOf } from './read-from.js';
import { invalidPosition } from './refusals.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

interface Followed {
  /** All events, also those not yet sent. */
  events(): readonly LoggedEvent[];
  /** The index of the first event to send. */
  readonly start: number;
  readonly filter: EventFilter | undefined;
  readonly isOfAll: boolean;
}

/**
 * Sends the confirmation, what is there, that it has caught up (since 23.10), and then what is written. Where it filters it
 * tells how far it has come: every so many events it considered, and when it has caught up.
 */
export async function subscribe(node: Node, call: ReadCall, out: Outgoing, options: ReadReq.Options): Promise<void> {
  const { events, start, filter, isOfAll } = options.hasStream() ? ofStream(node, options) : ofAll(node, options);
  await out.send(
    new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID())),
  );
  let next = start;
  let sent = 0;
  /** Counted anew when it has caught up. */
  let considered = 0;
  let hasCaughtUp = false;
  while (!out.gone.aborted) {
    if (endIfTold(node, call, sent)) return;
    const behind = hasCaughtUp ? node.armed.take('fallBehind') : undefined;
    behind?.happened();
    if (behind) hasCaughtUp = false;
    const event = events()[next];
    if (!event) {
      const last = events()[next - 1];
      if (!hasCaughtUp) {
        if (filter && next > start && last) await out.send(checkpoint(node, last));
        if (isSince(node, '23.10')) await out.send(caughtUp(node, last, isOfAll));
        hasCaughtUp = true;
        considered = 0;
      }
      if (events().length <= next) await written(node, out.gone);
      continue;
    }
    next += 1;
    considered += 1;
    if (!filter || filter.passes(event)) {
      await out.send(readEvent(node, event, options));
      sent += 1;
    }
    if (filter && considered % filter.checkpointInterval === 0) await out.send(checkpoint(node, event));
  }
}

function ofStream({ log }: Node, options: ReadReq.Options): Followed {
  const stream = streamOf(options);
  const from = options.getStream();
  const length = readableStream(log, stream)?.length ?? 0;
  return {
    events: () => log.stream(stream) ?? [],
    start: from?.hasEnd() ? length : from?.hasRevision() ? Number(from.getRevision()) + 1 : 0,
    filter: undefined,
    isOfAll: false,
  };
}

function ofAll({ log }: Node, options: ReadReq.Options): Followed {
  const from = options.getAll();
  const position = from?.getPosition();
  const at = position && BigInt(position.getCommitPosition());
  if (at !== undefined && at < log.end && !log.isRecordAt(at)) throw invalidPosition();
  const beginning = from?.hasEnd() ? log.all.length : 0;
  return {
    events: () => log.all,
    start: at === undefined ? beginning : indexFrom(log.all, at + 1n),
    filter: filterOf(options),
    isOfAll: true,
  };
}

function endIfTold(node: Node, call: ReadCall, sent: number): boolean {
  const { armed } = node;
  if (sent < (armed.peek('endSubscription')?.afterEvents ?? Infinity)) return false;
  const fault = armed.take('endSubscription');
  switch (fault?.told.how) {
    case 'cleanly':
      call.end();
      break;
    case 'connection lost':
      node.dropConnection(call.getPeer());
      break;
    default:
      call.emit('error', { code: status.UNAVAILABLE, details: 'Server Is Not Ready' });
  }
  fault?.happened();
  return true;
}

/** Settled by the next write, or when the reader leaves. */
function written({ log, armed }: Node, gone: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stops = [log.onWrite(resolve), armed.onArm(resolve)];
  gone.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => stops.forEach((stop) => stop()));
}

function now(): timestamps.Timestamp {
  const timestamp = new timestamps.Timestamp();
  timestamp.fromDate(new Date());
  return timestamp;
}

function checkpoint(node: Node, { position }: LoggedEvent): ReadResp {
  const at = new streams.ReadResp.Checkpoint().setCommitPosition(position.toString()).setPreparePosition(position.toString());
  return new streams.ReadResp().setCheckpoint(isSince(node, '25.0') ? at.setTimestamp(now()) : at);
}

/** Since 25.0 with the place it has come to. */
function caughtUp(node: Node, last: LoggedEvent | undefined, isOfAll: boolean): ReadResp {
  const told = new streams.ReadResp.CaughtUp();
  if (isSince(node, '25.0')) {
    told.setTimestamp(now());
    const position = last?.position.toString();
    if (position !== undefined && isOfAll) {
      told.setPosition(new streams.ReadResp.Position().setCommitPosition(position).setPreparePosition(position));
    } else if (last) told.setStreamRevision(String(last.revision));
  }
  return new streams.ReadResp().setCaughtUp(told);
}
