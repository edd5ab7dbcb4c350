import { decode } from '#domain/catalogue.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import type { Change } from './change.js';
import { ProjectionFailed } from './errors.js';
import type { Projected, Projection } from './projection.js';

/** An event as it was read once for all projections. */
export interface Decoded {
  readonly recorded: RecordedEvent;
  /** In its present shape; undefined where this release does not know its type. */
  readonly event: Projected | undefined;
  /** Why it could not be brought to its present shape. */
  readonly failure?: unknown;
}

export const decodeAll = (events: readonly RecordedEvent[]): Decoded[] => events.map(decodeOne);

function decodeOne(recorded: RecordedEvent): Decoded {
  try {
    const known = decode(recorded);
    if (known === undefined) return { recorded, event: undefined };
    // Most events were written in the present shape: they are not copied.
    const event = known.data === recorded.data ? recorded : { ...recorded, data: known.data };
    return { recorded, event: event as unknown as Projected };
  } catch (failure) {
    return { recorded, event: undefined, failure };
  }
}

export type Placed = { readonly change: Change; readonly of: RecordedEvent };

/** The changes that a projection makes of events, in order. @throws {ProjectionFailed} */
export function changesOf(projection: Projection, events: readonly Decoded[]): Placed[] {
  const placed: Placed[] = [];
  for (const { recorded, event, failure } of events) {
    try {
      if (failure !== undefined && Object.hasOwn(projection.on, recorded.type)) throw failure;
      if (event === undefined) continue;
      const on = projection.on[event.type] as ((event: Projected) => readonly Change[]) | undefined;
      if (on === undefined) continue;
      for (const change of on(event)) placed.push({ change, of: recorded });
    } catch (cause) {
      throw new ProjectionFailed(projection.name, recorded, recorded, cause);
    }
  }
  return placed;
}
