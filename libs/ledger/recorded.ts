import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import type { Hash } from './merkle-tree.js';

export type RecordedLeaf = { readonly index: number; readonly position: Position; readonly hash: Hash };

/** What the ledger recorded of the events after one log position, up to another, in order. */
export async function recordedLeaves(db: Pool, after: Position, upTo: Position): Promise<RecordedLeaf[]> {
  const { rows } = await db.query<{ index: string; position: Position; hash: Hash }>({
    name: 'ledger_recorded_leaves',
    text: 'select index, position, hash from ledger.leaf where position > $1 and position <= $2 order by position',
    values: [after, upTo],
  });
  return rows.map(({ index, ...leaf }) => ({ index: Number(index), ...leaf }));
}

/** The notes of the checkpoints over more than one number of events, up to another, in order, as they stand: not even well-formed, perhaps. */
export async function recordedCheckpoints(db: Pool, after: number, upTo: number): Promise<{ size: number; note: string }[]> {
  const { rows } = await db.query<{ size: string; text: string; signatures: string }>({
    name: 'ledger_recorded_checkpoints',
    text: 'select size, text, signatures from ledger.checkpoint where size > $1 and size <= $2 order by size',
    values: [after, upTo],
  });
  return rows.map(({ size, text, signatures }) => ({ size: Number(size), note: `${text}\n${signatures}` }));
}

/** How many events the last checkpoint covers, and how many the tree has at that moment. */
export async function recordedSizes(db: Pool): Promise<{ signed: number; tree: number }> {
  const { rows } = await db.query<{ signed: string; tree: string }>(
    `select coalesce((select max(size) from ledger.checkpoint), 0)::text as signed, coalesce((select size from ledger.tree), 0)::text as tree`,
  );
  return { signed: Number(rows[0]!.signed), tree: Number(rows[0]!.tree) };
}
