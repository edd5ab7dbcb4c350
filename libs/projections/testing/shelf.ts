import type { EventMetadata } from '#domain/catalogue.js';
import type { JsonObject, NewEvent } from '#event-store/event-store.js';
import { randomId } from '#platform/ids.js';
import { ensure, insert, remove, update, type Change } from '../change.js';
import { integer, jsonb, nullable, text } from '../column.js';
import { projection, type Projected } from '../projection.js';
import { table } from '../table.js';

export const book = table('book', {
  comment: 'A book on a shelf.',
  columns: { shelf: text(), id: text(), title: nullable(text()), reads: integer(), notes: jsonb<unknown>() },
  key: ['shelf', 'id'],
  within: ['shelf'],
});

export const reader = table('reader', {
  comment: 'A reader.',
  columns: { id: text(), name: nullable(text()) },
  key: ['id'],
});

/** What the specs' events ask of the tables. */
export type Step =
  | { readonly do: 'insert' | 'ensure'; readonly shelf: string; readonly id: string; readonly title: string | null; readonly notes: unknown }
  | { readonly do: 'read'; readonly shelf: string; readonly id: string }
  | { readonly do: 'retitle'; readonly shelf: string; readonly id: string; readonly title: string; readonly was: string }
  | { readonly do: 'remove'; readonly shelf: string; readonly id: string }
  | { readonly do: 'greet'; readonly id: string; readonly name: string }
  | { readonly do: 'fail' };

function changesOf(step: Step): Change[] {
  switch (step.do) {
    case 'insert':
      return [insert(book, { shelf: step.shelf, id: step.id, title: step.title, reads: 0, notes: step.notes })];
    case 'ensure':
      return [ensure(book, { shelf: step.shelf, id: step.id, title: step.title, reads: 0, notes: step.notes })];
    case 'read':
      return [update(book, step, ({ reads }) => ({ reads: reads + 1 }))];
    case 'retitle':
      return [update(book, step, { title: step.title }, { title: step.was })];
    case 'remove':
      return [remove(book, step)];
    case 'greet':
      return [insert(reader, { id: step.id, name: step.name })];
    case 'fail':
      throw new Error('this event cannot be taken');
  }
}

/** A projection for specs: each event holds the steps to be done. */
export const shelf = projection('shelf', {
  version: 1,
  tables: [book, reader],
  // Any type of the domain's serves to carry the steps.
  on: { BodyRegistered: ({ data }: Projected) => (data as unknown as { steps: Step[] }).steps.flatMap(changesOf) },
});

/** An event that `shelf` takes. */
export function stepsEvent(...steps: Step[]): NewEvent {
  const id = randomId();
  const metadata: EventMetadata = {
    schemaVersion: 1,
    occurredOn: '2024-01-25',
    actor: { subject: 'spec', role: 'secretariat' },
    correlationId: id,
    causationId: id,
    commandId: id,
    commandDigest: '',
  };
  return { id, type: 'BodyRegistered', data: { steps } as unknown as JsonObject, metadata };
}
