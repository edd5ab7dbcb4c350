import { EVENT_TYPES } from '#domain/catalogue.js';
import { actor, day, page, record, time, whole, word, type Shape } from '../reading/shape.js';

const uuid = (description: string): Shape => ({ type: 'string', format: 'uuid', description, example: '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e' });

export const eventShape = record({
  id: uuid('Of the event; the same event has the same id for ever'),
  type: { type: 'string', description: 'What happened', examples: EVENT_TYPES, example: 'PriorityProposed' },
  stream: word('Of the one thing that it belongs to', 'priority-csto-2024.2'),
  revision: whole('Place in its stream, from 0', 0),
  position: word('Place in the log', '1042'),
  recordedAt: time('When the log took it'),
  data: { type: 'object', description: 'As it was recorded; see the catalogue of events', example: { priorityId: 'csto-2024.2' }, additionalProperties: true },
  metadata: {
    ...record({
      schemaVersion: whole('Of the data', 1),
      occurredOn: day('When it happened, as its actor says'),
      actor: actor(),
      correlationId: word('What belongs together', 'agenda-2024-review'),
      causationId: word('What brought it about', 'letter-17'),
      commandId: uuid('Of the command'),
      commandDigest: word('SHA-256 of the command, hexadecimal', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
    }),
    additionalProperties: true,
  },
});

export const eventsShape = page(eventShape);
