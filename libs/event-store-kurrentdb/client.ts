import type { CallOptions, Channel, ClientReadableStream, Metadata } from '@grpc/grpc-js';
import { KurrentDBClient, type ResolvedEvent } from '@kurrent/kurrentdb-client';
import convert from '@kurrent/kurrentdb-client/dist/utils/convertGrpcEvent.js';
import services from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type { StreamsClient } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type { ReadReq, ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** What the official client keeps to itself, as of 1.3. */
interface Inside {
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  supports: () => Promise<boolean>;
  getChannel(): Promise<Channel>;
  callArguments(options: { requiresLeader?: boolean; deadline?: number }): [Metadata, Partial<CallOptions>];
  GRPCStreamCreator<T>(service: typeof StreamsClient, name: string, create: (client: StreamsClient) => T): () => Promise<T>;
}

const inside = (client: KurrentDBClient): Inside => client as unknown as Inside;

/**
 * A client of the official package, told to make every append in a call of its own: in its shared call of many appends a
 * lost connection rejects promises that nobody holds, which ends the process.
 * @throws what the client says of a connection string; it may show the string
 */
export function createClient(url: string): KurrentDBClient {
  const client = KurrentDBClient.connectionString(url);
  inside(client).supports = () => Promise.resolve(false);
  return client;
}

/** As `24.10.1`; `unknown` for a server from before 21.6, which cannot tell. */
export async function serverVersion(client: KurrentDBClient): Promise<string> {
  return (await inside(client).capabilities).serverVersion;
}

/**
 * The events that a read brings, in order; `undefined` where there is no such stream. Read on the client's own connection
 * rather than by its `readStream` and `readAll`, which cut the time of an event to the second.
 * @param deadline milliseconds for all of it
 */
export async function readEvents(client: KurrentDBClient, request: ReadReq, deadline: number): Promise<ResolvedEvent[] | undefined> {
  const open = inside(client).GRPCStreamCreator(services.StreamsClient, 'read', (streams): ClientReadableStream<ReadResp> =>
    streams.read(request, ...inside(client).callArguments({ requiresLeader: true, deadline })),
  );
  const responses = await open();
  // The call tells of its end as an error also after it was cancelled, when nobody listens any more.
  responses.on('error', () => {});
  const events: ResolvedEvent[] = [];
  for await (const response of responses as AsyncIterable<ReadResp>) {
    if (response.hasStreamNotFound()) return undefined;
    const event = response.getEvent();
    if (event) events.push(convert.convertGrpcEvent(event));
  }
  return events;
}

/** Ends all calls and the connection. */
export async function disposeClient(client: KurrentDBClient): Promise<void> {
  await client.dispose();
  const channel = await inside(client).getChannel().catch(() => undefined);
  channel?.close();
}
