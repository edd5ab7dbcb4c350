import type { LocalisedText } from '#domain/values.js';
import type { BodyKind } from '#domain/vocabulary.js';
import { ensure, update } from './change.js';
import { boolean, date, integer, jsonb, nullable, text } from './column.js';
import { projection } from './projection.js';
import { table } from './table.js';

export const body = table('body', {
  comment: 'An organ that may carry work.',
  columns: {
    id: text(),
    names: jsonb<LocalisedText>('Official names by language: ru, kk, en. Russian is authentic.'),
    kind: text<BodyKind>(),
    retired: boolean('A retired body takes no new work; what it carries stays with it.'),
    retired_on: nullable(date()),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
});

export const bodies = projection('bodies', {
  version: 1,
  tables: [body],
  on: {
    BodyRegistered: ({ data, revision }) => [
      ensure(body, { id: data.bodyId, names: data.names, kind: data.kind, retired: false, revision }),
    ],
    BodyRenamed: ({ data, revision }) => [update(body, { id: data.bodyId }, { names: data.names, revision })],
    BodyRetired: ({ data, metadata, revision }) => [
      update(body, { id: data.bodyId }, { retired: true, retired_on: metadata.occurredOn, revision }),
    ],
  },
});
