import { EVENT_TYPES } from '#domain/catalogue.js';
import { ensure } from './change.js';
import { timestamp } from './column.js';
import { projection, type Projected } from './projection.js';
import { table } from './table.js';

const moment = table('moment', {
  comment: 'Every time at which the log took an event; valid_from is the position of the first one taken then.',
  columns: { recorded_at: timestamp() },
  key: ['recorded_at'],
  ascending: true,
});

const taken = ({ recordedAt }: Projected) => [ensure(moment, { recorded_at: recordedAt })];

/** Turns times into positions and back. */
export const moments = projection('moments', {
  version: 1,
  tables: [moment],
  on: Object.fromEntries(EVENT_TYPES.map((type) => [type, taken])),
});
