import type pg from 'pg';
import { BEGINNING, type JsonObject, type Position, type RecordedEvent } from '#event-store/event-store.js';
import type { StreamRead } from './read-queue.js';

interface Row {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly recorded_at: Date;
}

const COLUMNS = 'position, stream, revision, id, type, data, metadata, recorded_at';

export async function selectStreams(pool: pg.Pool, reads: readonly StreamRead[]): Promise<RecordedEvent[][]> {
  if (reads.length === 1) return [await selectStream(pool, reads[0]!)];
  const { rows } = await pool.query<Row & { nth: number }>({
    name: 'event_store.read_streams',
    text: `SELECT given.nth::integer, e.*
             FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (stream, revision, most, nth)
            CROSS JOIN LATERAL (
              SELECT ${COLUMNS} FROM event_store.events
               WHERE stream = given.stream AND revision >= given.revision ORDER BY revision LIMIT given.most
            ) e
            ORDER BY given.nth, e.revision`,
    values: [reads.map(({ stream }) => stream), reads.map(({ from }) => from), reads.map(({ limit }) => limit)],
  });
  const pages: RecordedEvent[][] = reads.map(() => []);
  for (const { nth, ...row } of rows) pages[nth - 1]!.push(recorded(row));
  return pages;
}

async function selectStream(pool: pg.Pool, { stream, from, limit }: StreamRead): Promise<RecordedEvent[]> {
  const { rows } = await pool.query<Row>({
    name: 'event_store.read_stream',
    text: `SELECT ${COLUMNS} FROM event_store.events WHERE stream = $1 AND revision >= $2::bigint ORDER BY revision LIMIT $3`,
    values: [stream, from, limit],
  });
  return rows.map(recorded);
}

export async function selectAll(pool: pg.Pool, after: Position, limit: number): Promise<RecordedEvent[]> {
  const { rows } = await pool.query<Row>({
    name: 'event_store.read_all',
    text: `SELECT ${COLUMNS} FROM event_store.events WHERE position > $1 ORDER BY position LIMIT $2`,
    values: [after, limit],
  });
  return rows.map(recorded);
}

export async function selectEvent(pool: pg.Pool, id: string): Promise<RecordedEvent | undefined> {
  const { rows } = await pool.query<Row>({
    name: 'event_store.read_event',
    text: `SELECT ${COLUMNS} FROM event_store.events WHERE id = $1`,
    values: [id],
  });
  return rows[0] && recorded(rows[0]);
}

export async function selectHead(pool: pg.Pool): Promise<Position> {
  const { rows } = await pool.query<{ position: Position | null }>({
    name: 'event_store.head',
    text: 'SELECT max(position) AS position FROM event_store.events',
  });
  return rows[0]?.position ?? BEGINNING;
}

export async function selectLogId(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM event_store.log');
  return `postgres:${rows[0]!.id}`;
}

const recorded = ({ recorded_at, ...row }: Row): RecordedEvent => ({ ...row, recordedAt: recorded_at.toISOString() });
