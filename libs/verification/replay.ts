import type { Pool } from 'pg';
import type { EventStore, Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { openBuild } from '#projections/build.js';
import { decodeAll, type Decoded } from '#projections/decoded.js';
import { ProjectionFailed } from '#projections/errors.js';
import { beginAside, endAside } from '#projections/places.js';
import type { Projection } from '#projections/projection.js';
import type { Findings } from './difference.js';

const PREFIX = 'read_verify_';
/** As many events as are folded at once. */
export const PAGE = 1_000;

/** A projection folded from the log once more, in tables apart from those that are served. */
export interface Replay {
  readonly projection: Projection;
  readonly schema: string;
  /** Takes the next events of the log. One that the projection cannot take is told of, and passed over. */
  take(events: readonly Decoded[]): Promise<void>;
  written(): Promise<void>;
}

export async function openReplay(db: Pool, store: EventStore, projection: Projection, findings: Findings, signal: AbortSignal): Promise<Replay> {
  const schema = PREFIX + projection.name;
  const place = await beginAside(db, projection, schema);
  const patience = { first: 100, longest: 2_000 };
  const passedOver = new Set<string>();
  let build = openBuild(db, projection, place, { patience, signal });

  /** Until it has worked: each time that it fails more is known of which event it is. */
  async function insist(work: () => Promise<void>, upTo: Position): Promise<void> {
    for (let attempt = work; ; attempt = () => catchUp(upTo)) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof ProjectionFailed) || passedOver.has(error.event.id)) throw error;
        await reopen(error);
      }
    }
  }

  async function reopen(failed: ProjectionFailed): Promise<void> {
    const { event, last, cause } = failed;
    if (event.id === last.id) {
      passedOver.add(event.id);
      const reason = cause instanceof Error ? cause.message : String(cause);
      const { id, type, position } = event;
      findings.add({ kind: 'log', what: `${projection.name} cannot take the event: ${reason}`, position, event: { id, type, position } });
    }
    const { rows } = await db.query<{ position: Position }>('select position from read.projection where id = $1', [place.id]);
    build = openBuild(db, projection, { ...place, position: rows[0]!.position }, { patience, signal, failed });
  }

  /** From where the tables are, since what was on its way into them when it failed is lost. */
  async function catchUp(upTo: Position): Promise<void> {
    while (comparePositions(build.position, upTo) < 0) {
      const events = (await store.readAll(build.position, PAGE)).filter(({ position }) => comparePositions(position, upTo) <= 0);
      if (events.length === 0) return;
      await build.take(without(decodeAll(events)));
    }
    await build.written();
  }

  const without = (events: readonly Decoded[]): readonly Decoded[] =>
    passedOver.size === 0 ? events : events.map((one) => (passedOver.has(one.recorded.id) ? { recorded: one.recorded, event: undefined } : one));

  return {
    projection,
    schema,
    take: (events) => insist(() => build.take(without(events)), events.at(-1)!.recorded.position),
    written: () => insist(() => build.written(), build.position),
  };
}

/** Throws away whatever was folded apart, also by a process that did not live to do so. */
export async function endReplays(db: Pool): Promise<void> {
  const { rows } = await db.query<{ schema: string }>('select schema from read.projection where starts_with(schema, $1)', [PREFIX]);
  for (const { schema } of rows) await endAside(db, schema);
}
