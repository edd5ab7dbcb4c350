import type { Json, JsonObject, RecordedEvent } from './event-store.js';

/** An event as a CloudEvent (CloudEvents 1.0.2, JSON format): what stands beside its data is flattened into extension attributes. */
export type CloudEvent = JsonObject;

/** Where events come from, whichever process hands them out. */
const SOURCE = 'urn:mindet:log';

/**
 * Extension names are lower-case letters and digits, and values are text, numbers or booleans, as the specification wants:
 * `metadata.actor.subject` becomes `actorsubject`. `sequence` is the log position, `streamrevision` the place in the stream.
 */
export function cloudEvent(event: RecordedEvent): CloudEvent {
  return {
    specversion: '1.0',
    id: event.id,
    source: SOURCE,
    type: event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    sequence: event.position,
    streamrevision: event.revision,
    ...Object.fromEntries(attributes('', event.metadata)),
    data: event.data,
  };
}

function* attributes(prefix: string, value: Json | undefined): Iterable<[string, Json]> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, item] of Object.entries(value)) yield* attributes(prefix + name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''), item);
  } else if (value !== null && value !== undefined) {
    yield [prefix, Array.isArray(value) ? JSON.stringify(value) : value];
  }
}
