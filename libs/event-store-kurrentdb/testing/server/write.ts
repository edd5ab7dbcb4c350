import { type ServiceError, status } from '@grpc/grpc-js';
import type { Expected } from './commit-check.js';
import type { ProposedEvent, WriteResult } from './log.js';
import { type Caller, mayWrite, type Node } from './node.js';
import { uuidText } from './protocol.js';
import { missingMetadata, notLeader, serverNotReady } from './refusals.js';
import type { BatchAppendReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** Of both kinds of append. */
type ProposedMessage = Pick<
  BatchAppendReq.ProposedMessage,
  'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'
>;

export function proposedEvent(message: ProposedMessage): ProposedEvent {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  const contentType = metadata.get('content-type');
  if (type === undefined) throw missingMetadata('type');
  if (contentType === undefined) throw missingMetadata('content-type');
  return {
    id: uuidText(message.getId()),
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What counts towards the limit of an append (`Event.SizeOnDisk`). */
export const sizeOf = ({ type, data, metadata }: ProposedEvent): number => 2 * type.length + data.length + metadata.length;

/**
 * Writes, and does what it is told to do wrong. It is written before this function first waits, so that appends on one
 * connection keep their order.
 * @returns nothing where the connection was lost instead
 */
export async function write(
  node: Node,
  caller: Caller,
  stream: string,
  expected: Expected,
  events: readonly ProposedEvent[],
): Promise<WriteResult | undefined> {
  const { armed, log } = node;
  mayWrite(node, caller);
  const before = armed.take('dropBeforeWrite');
  if (before) return lose(node, caller, before.happened);
  refuseIfTold(node);
  const refused = armed.take('wrongExpectedVersion');
  refused?.happened();
  if (refused) return { result: 'wrong expected version', revision: refused.told.revision };

  const answer = log.write(stream, expected, events);
  const after = armed.take('dropAfterWrite');
  if (after) return lose(node, caller, after.happened);
  const held = armed.take('holdAnswer');
  held?.happened();
  await held?.told;
  return answer;
}

function lose(node: Node, caller: Caller, happened: () => void): undefined {
  node.dropConnection(caller.getPeer());
  happened();
}

function refuseIfTold({ armed }: Node): void {
  const elsewhere = armed.take('notLeader');
  elsewhere?.happened();
  if (elsewhere) throw notLeader(elsewhere.told);
  const notReady = armed.take('notReady');
  notReady?.happened();
  if (notReady) throw serverNotReady();
}

/** An error as an answer; what is not meant as one is shown as the fault it is. */
export const asRefusal = (error: unknown): ServiceError | { readonly code: status; readonly details: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'number'
    ? (error as ServiceError)
    : { code: status.UNKNOWN, details: `Exception was thrown by handler. ${String(error)}` };
