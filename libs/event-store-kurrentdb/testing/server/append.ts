import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import type { Expected } from './commit-check.js';
import type { ProposedEvent, WriteResult } from './log.js';
import { authenticate, type Node } from './node.js';
import { empty, streamNameOf, streams } from './protocol.js';
import { appendTooLarge, invalidArgument, streamDeleted } from './refusals.js';
import { asRefusal, proposedEvent, sizeOf, write } from './write.js';
import type { AppendReq, AppendResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** `Streams.Append`: one append a call, the options before the events. */
export const append =
  (node: Node) =>
  (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    appended(node, call).then(
      (response) => response && answer(null, response),
      (error: unknown) => answer(asRefusal(error)),
    );
  };

async function appended(node: Node, call: ServerReadableStream<AppendReq, AppendResp>): Promise<AppendResp | undefined> {
  authenticate(node, call);
  let options: AppendReq.Options | undefined;
  const events: ProposedEvent[] = [];
  let size = 0;
  for await (const request of call as AsyncIterable<AppendReq>) {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (!message) continue;
    const event = proposedEvent(message);
    size += sizeOf(event);
    if (size > node.maxAppendSize) throw appendTooLarge(node.maxAppendSize);
    events.push(event);
  }
  if (!options) throw invalidArgument('the options are missing');
  const stream = streamNameOf(options.getStreamIdentifier());
  const result = await write(node, call, stream, expectedOf(options), events);
  return result && response(options, stream, result);
}

function expectedOf(options: AppendReq.Options): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  if (options.hasRevision()) return BigInt(options.getRevision());
  throw invalidArgument('the expected revision is missing');
}

function response(options: AppendReq.Options, stream: string, result: WriteResult): AppendResp {
  switch (result.result) {
    case 'stream deleted':
      throw streamDeleted(stream);
    case 'wrong expected version':
      return new streams.AppendResp().setWrongExpectedVersion(wrongExpectedVersion(options, result.revision));
    case 'written': {
      const success = new streams.AppendResp.Success();
      if (result.revision === -1) success.setNoStream(empty());
      else success.setCurrentRevision(String(result.revision));
      if (result.position === undefined) success.setNoPosition(empty());
      else {
        const position = result.position.toString();
        success.setPosition(new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
      }
      return new streams.AppendResp().setSuccess(success);
    }
  }
}

/** Everything is said twice: also in the fields that clients before 21.0 read. */
function wrongExpectedVersion(options: AppendReq.Options, revision: number): AppendResp.WrongExpectedVersion {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (options.hasAny()) wrong.setExpectedAny(empty()).setAny2060(empty());
  else if (options.hasStreamExists()) wrong.setExpectedStreamExists(empty()).setStreamExists2060(empty());
  else if (options.hasNoStream()) wrong.setExpectedNoStream(empty());
  else wrong.setExpectedRevision(options.getRevision()).setExpectedRevision2060(Number(options.getRevision()));
  return revision === -1
    ? wrong.setCurrentNoStream(empty()).setNoStream2060(empty())
    : wrong.setCurrentRevision(String(revision)).setCurrentRevision2060(revision);
}
