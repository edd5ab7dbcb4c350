import type { Event, EventMetadata, EventType } from '#domain/catalogue.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import type { AnyTable, Change } from './change.js';

/** A domain event in its present shape, with what the log recorded about it. */
export type Projected<E extends Event = Event> = E extends Event
  ? Readonly<Omit<RecordedEvent, 'type' | 'data' | 'metadata'>> & E & { readonly metadata: EventMetadata }
  : never;

export type On = { readonly [T in EventType]?: (event: Projected<Extract<Event, { type: T }>>) => readonly Change[] };

/**
 * A pure map from each event to the row changes that it makes. It reads no clock and no other row; the framework keeps
 * every past state, so that the same log always gives the same tables.
 */
export interface Projection {
  readonly name: string;
  /** Raised when the map changes while its tables do not, so that the tables are built anew. */
  readonly version: number;
  readonly tables: readonly AnyTable[];
  readonly on: On;
}

export const projection = (name: string, of: Omit<Projection, 'name'>): Projection => ({ name, ...of });
