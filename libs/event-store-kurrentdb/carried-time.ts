import type { JsonObject, NewEvent, RecordedEvent } from '#event-store/event-store.js';

/**
 * KurrentDB stamps events with its own time. An event that another log had before carries the time at which that one took it
 * in its metadata, under a name that no metadata of ours has; whoever reads it is shown that time, and not the name.
 */
const CARRIED = '@recordedAt';

export const carrying = ({ id, type, data, metadata, recordedAt }: RecordedEvent): NewEvent => ({
  id,
  type,
  data,
  metadata: { ...metadata, [CARRIED]: recordedAt },
});

/** @param created by the server's clock */
export function recordedIn(metadata: JsonObject, created: Date): Pick<RecordedEvent, 'metadata' | 'recordedAt'> {
  const { [CARRIED]: carried, ...own } = metadata;
  return typeof carried === 'string' ? { metadata: own, recordedAt: carried } : { metadata, recordedAt: created.toISOString() };
}
