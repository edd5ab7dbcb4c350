import type { Pool } from 'pg';
import type { EventStore, Position } from '#event-store/event-store.js';
import { LIVE_SCHEMA } from './ddl.js';
import { NotProjected } from './errors.js';
import { definitionOf, rebuildSchema } from './places.js';
import type { Projection } from './projection.js';

export type ProjectionStatus = {
  readonly name: string;
  readonly version: number;
  /** How far along the log its tables are. */
  readonly position: Position;
  readonly head: Position;
  /** How many positions it is behind. */
  readonly lag: number;
  readonly state: 'live' | 'rebuilding' | 'stalled' | 'absent';
  /** The event that it cannot take, or that the tables being filled aside cannot, and why. */
  readonly stalled: { readonly position: Position; readonly eventId: string; readonly error: string } | null;
  /** How far the tables are that are being filled aside. */
  readonly rebuild: { readonly position: Position } | null;
};

type PlaceRow = { schema: string; position: Position; stall: ProjectionStatus['stalled'] };

export async function projectionStatus(db: Pool, store: EventStore, projections: readonly Projection[]): Promise<ProjectionStatus[]> {
  const [head, { rows }] = await Promise.all([
    store.head(),
    db.query<PlaceRow & { name: string }>('select name, schema, position, stall from read.projection'),
  ]);
  return projections.map(({ name, version }) => {
    const own = rows.filter((row) => row.name === name);
    return statusOf(name, version, head, own.find(({ schema }) => schema === LIVE_SCHEMA), own.find(({ schema }) => schema === rebuildSchema(name)));
  });
}

function statusOf(name: string, version: number, head: Position, live: PlaceRow | undefined, aside: PlaceRow | undefined): ProjectionStatus {
  const position = live?.position ?? '0';
  const stalled = live?.stall ?? aside?.stall ?? null;
  const lag = BigInt(head) - BigInt(position);
  return {
    name,
    version,
    position,
    head,
    // It may have taken what was appended after the head was asked for.
    lag: lag > 0n ? Number(lag) : 0,
    state: stalled ? 'stalled' : aside ? 'rebuilding' : live ? 'live' : 'absent',
    stalled,
    rebuild: aside ? { position: aside.position } : null,
  };
}

/**
 * How far all of the projections are: the least of their positions.
 * @throws {NotProjected} some tables are not there, or not those of this release
 */
export async function projectedPosition(db: Pool, projections: readonly Projection[]): Promise<Position> {
  const { rows } = await db.query<{ served: number; position: Position }>({
    name: 'projected-position',
    text: `select count(*)::integer as served, min(position)::text as position
      from read.projection join unnest($1::text[], $2::text[]) as wanted (name, definition) using (name, definition)
      where schema = $3`,
    values: [projections.map(({ name }) => name), projections.map(definitionOf), LIVE_SCHEMA],
  });
  const { served, position } = rows[0]!;
  if (served < projections.length) throw new NotProjected();
  return position;
}
