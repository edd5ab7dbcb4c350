import type { ResolvedEvent } from '@kurrent/kurrentdb-client';
import type { JsonObject, RecordedEvent } from '#event-store/event-store.js';
import { recordedIn } from './carried-time.js';

/** Names the log's streams on the server, which may hold others beside them. */
export interface StreamNames {
  /** What all of them begin with. */
  readonly prefix: string;
  onServer(stream: string): string;
  recorded(resolved: ResolvedEvent): RecordedEvent;
}

export const streamNames = (prefix: string): StreamNames => ({
  prefix,
  onServer: (stream) => prefix + stream,
  recorded({ event, commitPosition }) {
    const position = commitPosition ?? event?.position?.commit;
    if (!event || position === undefined) throw new Error('the server sent an event without its content or its position');
    return {
      id: event.id,
      type: event.type,
      stream: event.streamId.slice(prefix.length),
      revision: Number(event.revision),
      position: String(position),
      data: event.data as JsonObject,
      ...recordedIn((event.metadata ?? {}) as JsonObject, event.created),
    };
  },
});
