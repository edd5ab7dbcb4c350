import { EVENT_TYPES } from '#domain/catalogue.js';
import { ensure } from './change.js';
import { integer, text } from './column.js';
import { projection, type Projected } from './projection.js';
import { table } from './table.js';

export const recordedEvent = table('recorded_event', {
  comment: 'Where in the log each event stands; valid_from is its position. Not every log can find an event by its id.',
  columns: { id: text(), stream: text(), revision: integer() },
  key: ['id'],
});

const stands = ({ id, stream, revision }: Projected) => [ensure(recordedEvent, { id, stream, revision })];

/** Finds an event by its id. */
export const recordedEvents = projection('recorded-events', {
  version: 1,
  tables: [recordedEvent],
  on: Object.fromEntries(EVENT_TYPES.map((type) => [type, stands])),
});
