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

/** What an event's metadata consists of, by which it is made again from its flattened names. */
export type MetadataShape = { readonly [name: string]: 'value' | MetadataShape };

/** The text is no event as `cloudEvent` gives it; the message says why. */
export class MalformedCloudEvent extends Error {
  override readonly name = 'MalformedCloudEvent';
}

/**
 * The inverse of `cloudEvent` for metadata of this shape. Attributes beside those are passed over.
 * @throws {MalformedCloudEvent}
 */
export function recordedEvent(cloudEvent: unknown, shape: MetadataShape): RecordedEvent {
  if (!isObject(cloudEvent)) throw new MalformedCloudEvent('it is no JSON object');
  const text = (name: string): string => {
    const value = cloudEvent[name];
    if (typeof value !== 'string') throw new MalformedCloudEvent(`its ${name} is no text`);
    return value;
  };
  const { streamrevision: revision, data } = cloudEvent;
  if (typeof revision !== 'number') throw new MalformedCloudEvent('its streamrevision is no number');
  if (data === undefined || !isObject(data)) throw new MalformedCloudEvent('its data is no object');
  return {
    id: text('id'),
    type: text('type'),
    stream: text('subject'),
    revision,
    position: text('sequence'),
    recordedAt: text('time'),
    data,
    metadata: unflattened('', shape, cloudEvent) ?? {},
  };
}

function unflattened(prefix: string, shape: MetadataShape, from: JsonObject): JsonObject | undefined {
  const entries = Object.entries(shape).flatMap(([name, part]): [string, Json][] => {
    const attribute = prefix + attributeName(name);
    const value = part === 'value' ? from[attribute] : unflattened(attribute, part, from);
    return value === undefined ? [] : [[name, value]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const attributeName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function* attributes(prefix: string, value: Json | undefined): Iterable<[string, Json]> {
  if (value !== undefined && isObject(value)) {
    for (const [name, item] of Object.entries(value)) yield* attributes(prefix + attributeName(name), item);
  } else if (value !== null && value !== undefined) {
    yield [prefix, Array.isArray(value) ? JSON.stringify(value) : value];
  }
}
