import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import { inTransaction } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { storableJson } from '#projections/array-literal.js';
import type { Difference } from './difference.js';
import type { LookedAt, Progress, Verdict } from './verify.js';

/** Told when somebody asks for a verification, and when one has ended. */
export const VERIFICATION_CHANNEL = 'mindet_verification';

/** Who asked, as their token or their machine says. */
export type Asker = { readonly subject: string; readonly role?: string };

export type Verification = {
  readonly id: string;
  /** Up to which the log and the tables are compared. */
  readonly position: Position;
  readonly askedBy: Asker;
  /** RFC 3339. */
  readonly askedAt: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly progress: Progress | null;
  /** RFC 3339; none until it has. */
  readonly endedAt: string | null;
  readonly lookedAt: LookedAt | null;
  /** None until it is done. */
  readonly differenceCount: number | null;
  /** Why it could not be carried out. */
  readonly failure: string | null;
};

type Row = {
  id: string; position: Position; asked_by: Asker; asked_at: Date; state: Verification['state']; progress: Progress | null;
  ended_at: Date | null; looked_at: LookedAt | null; difference_count: string | null; failure: string | null;
};

const COLUMNS = 'id, position, asked_by, asked_at, state, progress, ended_at, looked_at, difference_count, failure';

const verificationOf = (row: Row): Verification => ({
  id: row.id,
  position: row.position,
  askedBy: row.asked_by,
  askedAt: row.asked_at.toISOString(),
  state: row.state,
  progress: row.progress,
  endedAt: row.ended_at?.toISOString() ?? null,
  lookedAt: row.looked_at,
  differenceCount: row.difference_count === null ? null : Number(row.difference_count),
  failure: row.failure,
});

/** Has whoever keeps verifications carry one out, when those before it have ended. */
export async function askFor(db: Pool, position: Position, askedBy: Asker, clock: Clock): Promise<Verification> {
  const { rows } = await db.query<Row>(
    `with asked as (insert into verification.run (id, position, asked_by, asked_at) values ($1, $2, $3, $4) returning *)
     select ${COLUMNS}, pg_notify('${VERIFICATION_CHANNEL}', '') from asked`,
    [randomId(), position, JSON.stringify(askedBy), clock()],
  );
  return verificationOf(rows[0]!);
}

export async function findVerification(db: Pool, id: string): Promise<Verification | undefined> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from verification.run where id = $1`, [id]);
  return rows[0] && verificationOf(rows[0]);
}

/** Those that were asked for last, the last one first. */
export async function listVerifications(db: Pool, limit: number): Promise<Verification[]> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from verification.run order by number desc limit $1`, [limit]);
  return rows.map(verificationOf);
}

/** What it found, the first of all that it counted. */
export async function differencesFound(db: Pool, id: string): Promise<Difference[]> {
  const { rows } = await db.query<{ difference: Difference }>('select difference from verification.difference where run = $1 order by number', [id]);
  return rows.map(({ difference }) => difference);
}

/**
 * The first that has not ended, begun once more where it was begun before; the caller alone does so. One that was begun too
 * often is given up, lest it end whoever takes it up for ever.
 */
export async function takeUpNext(db: Pool, mostAttempts: number, clock: Clock): Promise<Verification | undefined> {
  await db.query(
    `update verification.run set state = 'failed', ended_at = $2, failure = coalesce(failure, 'it was begun ' || attempts || ' times, and never ended')
     where state = 'running' and attempts >= $1`,
    [mostAttempts, clock()],
  );
  const { rows } = await db.query<Row>(
    `update verification.run set state = 'running', attempts = attempts + 1, progress = null
     where number = (select min(number) from verification.run where state in ('waiting', 'running')) returning ${COLUMNS}`,
  );
  return rows[0] && verificationOf(rows[0]);
}

export async function recordProgress(db: Pool, id: string, progress: Progress): Promise<void> {
  await db.query(`update verification.run set progress = $2 where id = $1 and state = 'running'`, [id, JSON.stringify(progress)]);
}

/** The reason is kept where it is tried again and fails for good. */
export async function recordFailure(db: Pool, id: string, failure: string): Promise<void> {
  await db.query(`update verification.run set failure = $2 where id = $1 and state = 'running'`, [id, failure]);
}

/** All of it, or nothing. */
export function recordVerdict(db: Pool, id: string, { differences, differenceCount, lookedAt }: Verdict, clock: Clock): Promise<void> {
  return inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `update verification.run set state = 'done', ended_at = $2, looked_at = $3, difference_count = $4, progress = null, failure = null
       where id = $1 and state = 'running'`,
      [id, clock(), JSON.stringify(lookedAt), differenceCount],
    );
    if (rowCount !== 1) return;
    await client.query(
      `insert into verification.difference (run, number, difference)
       select $1, n, difference from unnest($2::jsonb[]) with ordinality as found (difference, n)`,
      [id, differences.map((one) => storableJson(JSON.stringify(one)))],
    );
    await client.query(`select pg_notify('${VERIFICATION_CHANNEL}', '')`);
  });
}
