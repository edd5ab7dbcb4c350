import { randomUUID } from 'node:crypto';
import { jsonEvent, NO_STREAM, WrongExpectedVersionError, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { readEvents } from './client.js';
import { streamFrom } from './read-request.js';

/**
 * Names this very log: a UUID that is made once and kept on the server as metadata of the stream that is named by the
 * prefix alone, and so is no event of the log.
 */
export async function logIdentity(client: KurrentDBClient, prefix: string, deadline: number): Promise<string> {
  const stream = `$$${prefix}`;
  const kept = async (): Promise<string | undefined> => {
    const [resolved] = (await readEvents(client, streamFrom(stream, 0, 1), deadline)) ?? [];
    if (!resolved) return undefined;
    const { mindetLog } = (resolved.event?.data ?? {}) as { readonly mindetLog?: unknown };
    if (typeof mindetLog !== 'string') throw new Error(`the metadata of the stream ${prefix} is not what Mindet has put there`);
    return `kurrentdb:${mindetLog}`;
  };
  const known = await kept();
  if (known !== undefined) return known;
  try {
    const metadata = jsonEvent({ type: '$metadata', data: { mindetLog: randomUUID() } });
    await client.appendToStream(stream, metadata, { streamState: NO_STREAM, requiresLeader: true, deadline });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
  return (await kept())!;
}
