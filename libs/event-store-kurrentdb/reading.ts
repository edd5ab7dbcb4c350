import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { BEGINNING, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readEvents } from './client.js';
import { isNoPlace } from './failures.js';
import { allFrom, lastOf, streamFrom } from './read-request.js';
import type { StreamNames } from './streams.js';

export interface Reading {
  stream(stream: string, from: number, limit: number): Promise<RecordedEvent[]>;
  all(after: Position, limit: number): Promise<RecordedEvent[]>;
  head(): Promise<Position>;
  /** The position of the last event at or before another, which may be one at which nothing stands; or `BEGINNING`. */
  placeBefore(position: Position): Promise<Position>;
}

const PAGE = 1_000;

/** @param deadline milliseconds for one read */
export function reading(client: KurrentDBClient, names: StreamNames, deadline: number): Reading {
  async function all(after: Position, limit: number): Promise<RecordedEvent[]> {
    // The server begins with the event at the position itself.
    const events = await readEvents(client, allFrom(after, names.prefix, limit + 1), deadline);
    const recorded = events?.map(names.recorded) ?? [];
    return recorded[0]?.position === after ? recorded.slice(1) : recorded.slice(0, limit);
  }

  async function placeBefore(position: Position): Promise<Position> {
    for (let place = BEGINNING; ; ) {
      const page = await all(place, PAGE);
      for (const event of page) {
        if (comparePositions(event.position, position) > 0) return place;
        place = event.position;
      }
      if (page.length < PAGE) return place;
    }
  }

  return {
    async stream(stream, from, limit) {
      const events = await readEvents(client, streamFrom(names.onServer(stream), from, limit), deadline);
      return events?.map(names.recorded) ?? [];
    },
    async all(after, limit) {
      try {
        return await all(after, limit);
      } catch (error) {
        if (!isNoPlace(error)) throw error;
        // The server reads only from where a record begins. Nobody was ever given another position, but anybody can ask.
        return all(await placeBefore(after), limit);
      }
    },
    async head() {
      const events = await readEvents(client, lastOf(names.prefix), deadline);
      return events?.map(names.recorded)[0]?.position ?? BEGINNING;
    },
    placeBefore,
  };
}
