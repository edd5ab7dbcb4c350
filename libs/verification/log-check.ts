import type { Pool, PoolClient } from 'pg';
import { BEGINNING, type EventStore, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { Decoded } from '#projections/decoded.js';
import { nameOf, type EventName, type Findings } from './difference.js';
import { foldCheck } from './fold-check.js';

/** The log by itself, from the first event on. */
export interface LogCheck {
  look(events: readonly Decoded[]): Promise<void>;
  /** There are no more events up to the position. Answers how many there were; they can be named until they are forgotten. */
  finish(upTo: Position): Promise<number>;
}

/** What can be told of each event is told at once; what concerns the log as a whole is told by SQL in the end, so that memory stays flat. */
export async function logCheck(db: Pool, store: EventStore, findings: Findings): Promise<LogCheck> {
  const folds = foldCheck(store, findings);
  let last: Pick<RecordedEvent, 'position' | 'recordedAt'> = { position: BEGINNING, recordedAt: '' };
  let count = 0;
  await forgetSeen(db);

  function lookAtOrder(event: RecordedEvent): void {
    const found = (what: string) => findings.add({ kind: 'log', what, position: event.position, event: nameOf(event) });
    if (comparePositions(event.position, last.position) <= 0) found(`the event does not come after position ${last.position}`);
    if (event.recordedAt < last.recordedAt) found(`the event was recorded at ${event.recordedAt}, before the one that it follows (${last.recordedAt})`);
    const { commandId, causationId } = event.metadata;
    if (typeof commandId !== 'string' || typeof causationId !== 'string') found('the event does not say by which command, or because of what, it was recorded');
    last = event;
  }

  return {
    async look(decoded) {
      const events = decoded.map(({ recorded }) => recorded);
      events.forEach(lookAtOrder);
      count += events.length;
      await Promise.all([remember(db, events), folds.look(decoded)]);
    },
    async finish(upTo) {
      if (comparePositions(last.position, upTo) < 0) {
        findings.add({ kind: 'log', what: `the log ends at position ${last.position}, and ${upTo} was served`, position: upTo, event: null });
      }
      for (const { sql, what } of AS_A_WHOLE) {
        const { rows } = await db.query<Found>(sql);
        for (const { detail, ...event } of rows.slice(0, findings.room)) {
          findings.add({ kind: 'log', what: what(detail), position: event.position, event });
        }
        findings.addUnkept(Math.max(0, rows.length - findings.room));
      }
      return count;
    },
  };
}

/** The events at these log positions, of those that were looked at. */
export async function namesAt(db: Pool | PoolClient, positions: readonly Position[]): Promise<Map<Position, EventName>> {
  const { rows } = await db.query<EventName>('select id, type, position from verification.seen where position = any($1::bigint[])', [positions]);
  return new Map(rows.map((event) => [event.position, event]));
}

export async function forgetSeen(db: Pool): Promise<void> {
  await db.query('truncate verification.seen');
}

async function remember(db: Pool, events: readonly RecordedEvent[]): Promise<void> {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const commands = events.map(({ metadata }) => text(metadata['commandId']));
  await db.query({
    name: 'verification_seen',
    text: `insert into verification.seen (position, stream, revision, id, type, command, cause)
      select * from unnest($1::bigint[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])`,
    values: [
      events.map(({ position }) => position),
      events.map(({ stream }) => stream),
      events.map(({ revision }) => revision),
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      commands,
      events.map(({ metadata }, n) => (metadata['causationId'] === commands[n] ? null : text(metadata['causationId']))),
    ],
  });
}

type Found = EventName & { readonly detail: string };

/** Few rows each, unless the log is in ruins. */
const AS_A_WHOLE = [
  {
    sql: `select id, type, position, 'is revision ' || revision || ' of ' || stream || ', and the one before it ' || coalesce('is ' || before, 'is not there') as detail
      from (select *, lag(revision) over (partition by stream order by position) as before from verification.seen) event
      where revision <> coalesce(before, -1) + 1 order by position limit 10000`,
    what: (detail: string) => `the event ${detail}`,
  },
  {
    sql: `select id, type, position, first::text as detail
      from (select *, min(position) over (partition by id) as first from verification.seen
            where id in (select id from verification.seen group by id having count(*) > 1)) event
      where position > first order by position limit 10000`,
    what: (detail: string) => `the event has the id of the one at position ${detail}`,
  },
  {
    // A cause outside the log, a letter say, is let stand.
    sql: `select effect.id, effect.type, effect.position, min(cause.position)::text as detail
      from verification.seen effect
      join (select id as named, position from verification.seen
            union all select command, min(position) from verification.seen where command is not null group by command) cause on cause.named = effect.cause
      where effect.cause is not null
      group by effect.id, effect.type, effect.position
      having min(cause.position) >= effect.position order by effect.position limit 10000`,
    what: (detail: string) => `the event names as its cause what came only at position ${detail}`,
  },
] as const;
