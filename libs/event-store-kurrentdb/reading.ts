import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { BEGINNING, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { readEvents } from './client.js';
import { allFrom, lastOf, streamFrom } from './read-request.js';
import type { StreamNames } from './streams.js';

export interface Reading {
  stream(stream: string, from: number, limit: number): Promise<RecordedEvent[]>;
  all(after: Position, limit: number): Promise<RecordedEvent[]>;
  head(): Promise<Position>;
}

/** @param deadline milliseconds for one read */
export function reading(client: KurrentDBClient, names: StreamNames, deadline: number): Reading {
  return {
    async stream(stream, from, limit) {
      const events = await readEvents(client, streamFrom(names.onServer(stream), from, limit), deadline);
      return events?.map(names.recorded) ?? [];
    },
    async all(after, limit) {
      // The server begins with the event at the position itself.
      const events = await readEvents(client, allFrom(after, names.prefix, limit + 1), deadline);
      const recorded = events?.map(names.recorded) ?? [];
      return recorded[0]?.position === after ? recorded.slice(1) : recorded.slice(0, limit);
    },
    async head() {
      const events = await readEvents(client, lastOf(names.prefix), deadline);
      return events?.map(names.recorded)[0]?.position ?? BEGINNING;
    },
  };
}
