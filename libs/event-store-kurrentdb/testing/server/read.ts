import { status } from '@grpc/grpc-js';
import { filterOf } from './filter.js';
import type { KurrentLog, LoggedEvent } from './log.js';
import { authenticate, mayRead, type Node } from './node.js';
import { outgoing, type Outgoing, type ReadCall } from './outgoing.js';
import { streams } from './protocol.js';
import { readEvent, streamNotFound } from './read-event.js';
import { indexFrom, readableStream, streamOf } from './read-from.js';
import { invalidArgument, invalidPositionOfRead } from './refusals.js';
import { subscribe } from './subscription.js';
import { asRefusal } from './write.js';
import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** `Streams.Read`: reads and subscriptions, of one stream and of `$all`. */
export const read =
  (node: Node) =>
  (call: ReadCall): void => {
    const out = outgoing(call);
    answer(node, call, out).catch((error: unknown) => void call.emit('error', asRefusal(error)));
  };

async function answer(node: Node, call: ReadCall, out: Outgoing): Promise<void> {
  authenticate(node, call);
  mayRead(node, call);
  const options = call.request.getOptions();
  if (!options?.getUuidOption()) throw invalidArgument("'uuidOption' is a required argument");
  if (options.hasSubscription()) return subscribe(node, call, out, options);
  const held = node.armed.take('holdRead');
  held?.happened();
  await held?.told;
  if (options.hasStream()) await readStream(node, call, out, options);
  else await readAll(node, call, out, options);
  if (!out.gone.aborted) call.end();
}

const isForwards = (options: ReadReq.Options): boolean =>
  options.getReadDirection() === streams.ReadReq.Options.ReadDirection.FORWARDS;

async function readStream(node: Node, call: ReadCall, out: Outgoing, options: ReadReq.Options): Promise<void> {
  const stream = streamOf(options);
  const events = readableStream(node.log, stream);
  if (!events) return out.send(streamNotFound(stream));
  const from = options.getStream();
  const revision = Number(from?.getRevision());
  const tellsPositions = (options.getControlOption()?.getCompatibility() ?? 0) >= 1;
  let chosen: Iterable<LoggedEvent>;
  if (isForwards(options)) {
    chosen = forwards(events, from?.hasStart() ? 0 : from?.hasEnd() ? events.length : revision);
  } else {
    chosen = backwards(events, from?.hasEnd() ? events.length : from?.hasStart() ? 1 : revision + 1);
  }
  await sendAll(node, call, out, options, chosen);
  if (tellsPositions) await out.send(new streams.ReadResp().setLastStreamPosition(String(events.length - 1)));
}

async function readAll(node: Node, call: ReadCall, out: Outgoing, options: ReadReq.Options): Promise<void> {
  const { log } = node;
  const start = startOf(log, options);
  const filter = filterOf(options);
  const events = isForwards(options) ? forwards(log.all, start) : backwards(log.all, start);
  await sendAll(node, call, out, options, filter ? passing(events, filter.passes) : events);
}

/** Forwards the event at the position is the first, backwards the one before it. */
function startOf(log: KurrentLog, options: ReadReq.Options): number {
  const from = options.getAll();
  const position = from?.getPosition();
  if (!position) return from?.hasEnd() ? log.all.length : 0;
  const at = BigInt(position.getCommitPosition());
  if (at < log.end && !log.isRecordAt(at)) throw invalidPositionOfRead();
  return indexFrom(log.all, at);
}

async function sendAll(
  node: Node,
  call: ReadCall,
  out: Outgoing,
  options: ReadReq.Options,
  events: Iterable<LoggedEvent>,
): Promise<void> {
  const { armed } = node;
  const count = BigInt(options.getCount());
  let sent = 0;
  for (const event of events) {
    if (out.gone.aborted || BigInt(sent) >= count) return;
    if (sent >= (armed.peek('dropRead')?.afterEvents ?? Infinity)) {
      node.dropConnection(call.getPeer());
      armed.take('dropRead')?.happened();
      throw Object.assign(new Error('the connection is lost'), { code: status.UNAVAILABLE });
    }
    await out.send(readEvent(node, event, options));
    sent += 1;
  }
}

function* forwards(events: readonly LoggedEvent[], from: number): Iterable<LoggedEvent> {
  const end = events.length;
  for (let n = from; n < end; n += 1) yield events[n]!;
}

function* backwards(events: readonly LoggedEvent[], before: number): Iterable<LoggedEvent> {
  for (let n = Math.min(before, events.length) - 1; n >= 0; n -= 1) yield events[n]!;
}

function* passing(events: Iterable<LoggedEvent>, passes: (event: LoggedEvent) => boolean): Iterable<LoggedEvent> {
  for (const event of events) if (passes(event)) yield event;
}
