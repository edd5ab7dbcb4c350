import type { ServerWritableStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** What is sent to one reader, no faster than it reads. */
export interface Outgoing {
  /** Aborted when the reader has left. */
  readonly gone: AbortSignal;
  send(response: ReadResp): Promise<void>;
}

export function outgoing(call: ReadCall): Outgoing {
  const left = new AbortController();
  call.on('cancelled', () => left.abort());
  const gone = left.signal;
  return {
    gone,
    async send(response) {
      if (gone.aborted || call.write(response)) return;
      await once(call, 'drain', { signal: gone }).catch((error: unknown) => {
        if (!gone.aborted) throw error;
      });
    },
  };
}
