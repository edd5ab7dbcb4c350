import { type ServerDuplexStream, status as code } from '@grpc/grpc-js';
import any from 'google-protobuf/google/protobuf/any_pb.js';
import googleEmpty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected } from './commit-check.js';
import type { ProposedEvent, WriteResult } from './log.js';
import { authenticate, type Node } from './node.js';
import { shared, status, streamIdentifier, streamNameOf, streams, uuidText } from './protocol.js';
import { allPosition } from './read-event.js';
import { invalidArgument } from './refusals.js';
import { asRefusal, proposedEvent, sizeOf, write } from './write.js';
import type { BatchAppendReq, BatchAppendResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

interface Pending {
  readonly options: BatchAppendReq.Options;
  readonly events: ProposedEvent[];
  size: number;
}

type Call = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** `Streams.BatchAppend`: any number of appends a call, each answered under its correlation id. */
export const batchAppend =
  (node: Node) =>
  (call: Call): void => {
    const pending = new Map<string, Pending>();
    const answering = new Set<Promise<void>>();
    try {
      authenticate(node, call);
    } catch (error) {
      call.emit('error', asRefusal(error));
      return;
    }
    call.on('data', (request: BatchAppendReq) => {
      const answered = take(node, call, pending, request).catch((error: unknown) => void call.emit('error', asRefusal(error)));
      answering.add(answered);
      void answered.then(() => answering.delete(answered));
    });
    call.on('end', () => void Promise.all(answering).then(() => call.end()));
  };

async function take(node: Node, call: Call, pending: Map<string, Pending>, request: BatchAppendReq): Promise<void> {
  const id = uuidText(request.getCorrelationId());
  const options = request.getOptions();
  const answer = (stream: string, response: BatchAppendResp): void => {
    if (call.cancelled) return;
    call.write(response.setCorrelationId(request.getCorrelationId()).setStreamIdentifier(streamIdentifier(stream)));
  };
  if (options) {
    const deadline = options.getDeadline21100()?.toDate();
    if (deadline && deadline.getTime() <= Date.now()) return answer(streamNameOf(options.getStreamIdentifier()), failed('Timeout', new shared.Timeout()));
    if (!pending.has(id)) pending.set(id, { options, events: [], size: 0 });
  }
  const append = pending.get(id);
  if (!append) return;
  const stream = streamNameOf(append.options.getStreamIdentifier());
  for (const event of request.getProposedMessagesList().map(proposedEvent)) {
    append.events.push(event);
    append.size += sizeOf(event);
  }
  if (append.size > node.maxAppendSize) {
    pending.delete(id);
    return answer(stream, failed('MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(node.maxAppendSize)));
  }
  if (!request.getIsFinal()) return;
  pending.delete(id);
  try {
    const result = await write(node, call, stream, expectedOf(append.options), append.events);
    if (result) answer(stream, response(append.options, result));
  } catch (error) {
    if (asRefusal(error).code !== code.UNAVAILABLE) throw error;
    answer(stream, new streams.BatchAppendResp().setError(notReady()));
  }
}

function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  throw invalidArgument('the expected stream position is missing');
}

function response(options: BatchAppendReq.Options, result: WriteResult): BatchAppendResp {
  switch (result.result) {
    case 'stream deleted':
      return failed('StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier()));
    case 'wrong expected version':
      return failed('WrongExpectedVersion', wrongExpectedVersion(options, result.revision));
    case 'written': {
      const success = new streams.BatchAppendResp.Success();
      if (result.revision === -1) success.setNoStream(new googleEmpty.Empty());
      else success.setCurrentRevision(String(result.revision));
      if (result.position === undefined) success.setNoPosition(new googleEmpty.Empty());
      else success.setPosition(allPosition(result.position));
      return new streams.BatchAppendResp().setSuccess(success);
    }
  }
}

function wrongExpectedVersion(options: BatchAppendReq.Options, revision: number): shared.WrongExpectedVersion {
  const wrong = new shared.WrongExpectedVersion();
  if (options.hasAny()) wrong.setExpectedAny(new googleEmpty.Empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(new googleEmpty.Empty());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(new googleEmpty.Empty());
  else wrong.setExpectedStreamPosition(options.getStreamPosition());
  return revision === -1 ? wrong.setCurrentNoStream(new googleEmpty.Empty()) : wrong.setCurrentStreamRevision(String(revision));
}

/** Failures of one append are told inside its answer, by the type of their details; the call goes on. */
function failed(type: string, details: { serializeBinary(): Uint8Array }): BatchAppendResp {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new streams.BatchAppendResp().setError(new status.Status().setMessage(type).setDetails(packed));
}

/** Has no type a client would know: `BatchAppend` of the real server packs an `Empty` here. */
function notReady(): status.Status {
  const packed = new any.Any();
  packed.pack(new googleEmpty.Empty().serializeBinary(), 'google.protobuf.Empty');
  return new status.Status().setMessage('Server Is Not Ready').setDetails(packed);
}
