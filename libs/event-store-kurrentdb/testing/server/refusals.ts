import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** An answer that is no answer: the statuses and trailers of KurrentDB (`RpcExceptions`). */
function refusal(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const notLeader = ({ address, port }: Endpoint): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': address,
    'leader-endpoint-port': String(port),
  });

export const noLeader = (): ServiceError => refusal(status.UNKNOWN, 'No leader info available in response');

export const streamDeleted = (stream: string): ServiceError =>
  refusal(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const appendTooLarge = (limit: number): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const missingMetadata = (property: string): ServiceError =>
  refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const accessDenied = (): ServiceError =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): ServiceError => refusal(status.UNAUTHENTICATED, '');
export const serverNotReady = (): ServiceError => refusal(status.UNAVAILABLE, 'Server Is Not Ready');
export const invalidPosition = (): ServiceError =>
  refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
/** A read says it otherwise than a subscription. */
export const invalidPositionOfRead = (): ServiceError => refusal(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition');
export const invalidArgument = (details: string): ServiceError => refusal(status.INVALID_ARGUMENT, details);
