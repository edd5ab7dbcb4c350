import type { Pool } from 'pg';
import type { Actor } from '#domain/values.js';
import type { Role } from '#domain/vocabulary.js';

/** That someone read what is not for everybody. */
export type Reading = {
  readonly actor: Actor;
  /** What was used: `GET /v1/events/{eventId}`, `mindet export`. */
  readonly door: string;
  /** With what it was asked. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** The reports seen that were not accepted, or no longer. */
  readonly reports?: readonly string[];
  /** The log position that the answer is of. */
  readonly position?: string;
  readonly traceId?: string;
};

/** RFC 3339. */
export type RecordedReading = Required<Omit<Reading, 'position' | 'traceId'>> & {
  readonly id: number;
  readonly at: string;
  readonly position: string | null;
  readonly traceId: string | null;
};

/** A reading could not be recorded: what was asked for must not be handed out. */
export class ReadNotRecorded extends Error {
  override readonly name = 'ReadNotRecorded';
}

/**
 * Resolves once it is on disk.
 * @throws {ReadNotRecorded}
 */
export async function recordRead(db: Pool, at: Date, { actor, door, asked, reports = [], position, traceId }: Reading): Promise<void> {
  try {
    await db.query({
      name: 'access.record_read',
      text: `insert into access.read (at, subject, role, state, body, door, asked, reports, position, trace_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      values: [at, actor.subject, actor.role, actor.state, actor.body, door, JSON.stringify(asked), reports, position, traceId],
    });
  } catch (error) {
    throw new ReadNotRecorded(`the reading by ${door} could not be recorded`, { cause: error });
  }
}

export type ReadingFilter = {
  /** As tokens name them. */
  readonly actor?: string;
  /** The first and the last moment. */
  readonly from?: Date;
  readonly to?: Date;
};

/** Recorded readings in the order in which they were recorded. */
export async function listReads(db: Pool, { actor, from, to }: ReadingFilter, page: { after?: number; limit: number }): Promise<RecordedReading[]> {
  const { rows } = await db.query<Row>({
    text: `select id, at, subject, role, state, body, door, asked, reports, position, trace_id from access.read
           where id > $1 and ($2::text is null or subject = $2) and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at <= $4)
           order by id limit $5`,
    values: [page.after ?? 0, actor, from, to, page.limit],
  });
  return rows.map(({ id, at, subject, role, state, body, trace_id, ...row }) => ({
    id: Number(id),
    at: at.toISOString(),
    actor: { subject, role, ...(state !== null && { state }), ...(body !== null && { body }) },
    ...row,
    traceId: trace_id,
  }));
}

type Row = {
  readonly id: string;
  readonly at: Date;
  readonly subject: string;
  readonly role: Role;
  readonly state: string | null;
  readonly body: string | null;
  readonly door: string;
  readonly asked: Record<string, unknown>;
  readonly reports: string[];
  readonly position: string | null;
  readonly trace_id: string | null;
};
