import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cloudEvent, MalformedCloudEvent, recordedEvent, type MetadataShape } from './cloud-event.js';
import type { JsonObject } from './event-store.js';

const SHAPE: MetadataShape = { schemaVersion: 'value', occurredOn: 'value', actor: { subject: 'value', role: 'value', state: 'value' }, commandId: 'value' };


const metadata = fc.record(
  { schemaVersion: fc.integer(), occurredOn: fc.string(), actor: fc.record({ subject: fc.string(), role: fc.string(), state: fc.string() }, { requiredKeys: ['subject'] }), commandId: fc.uuid() },
  { requiredKeys: [] },
);
const event = fc.record({
  id: fc.uuid(),
  type: fc.string(),
  stream: fc.string(),
  revision: fc.nat(),
  position: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
  recordedAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  data: fc.dictionary(fc.string().filter((name) => name !== '__proto__'), fc.jsonValue()),
  metadata,
});

describe('an event as a CloudEvent', () => {
  it('can be made an event again, whatever is in it', () => {
    fc.assert(
      fc.property(event, (original) => {
        const recorded = JSON.parse(JSON.stringify(original)) as typeof original & { data: JsonObject; metadata: JsonObject };
        expect(recordedEvent(JSON.parse(JSON.stringify(cloudEvent(recorded))), SHAPE)).toEqual(recorded);
      }),
    );
  });

  it.each([
    ['no object', [], 'it is no JSON object'],
    ['an id that is no text', { id: 1 }, 'its streamrevision is no number'],
    ['no data', { id: 'x', streamrevision: 0 }, 'its data is no object'],
    ['no type', { id: 'x', streamrevision: 0, data: {} }, 'its type is no text'],
  ])('cannot be made of %s', (_case, value, reason) => {
    expect(() => recordedEvent(value, SHAPE)).toThrow(new MalformedCloudEvent(reason));
  });
});
