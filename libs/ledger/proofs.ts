import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import { checkpointOf, checkpointOver, type SignedCheckpoint } from './checkpoints.js';
import type { InclusionProof } from './inclusion-proof.js';
import { consistencyPath, inclusionPath, type Hash } from './merkle-tree.js';
import { hashesOver, indexAt } from './tree-store.js';

/**
 * That the event at a log position is in the log, under the given checkpoint, or the first that covers it.
 * `undefined` where no checkpoint covers it yet.
 */
export async function proveInclusion(db: Pool, position: Position, size?: number): Promise<InclusionProof | undefined> {
  const index = await indexAt(db, position);
  if (index === undefined) return undefined;
  const checkpoint = await (size === undefined ? checkpointOver(db, index) : checkpointOf(db, size));
  if (!checkpoint || checkpoint.size <= index) return undefined;
  return { index, path: await hashesOver(db, inclusionPath(index, checkpoint.size)), checkpoint: checkpoint.note };
}

export type ConsistencyProof = { readonly from: SignedCheckpoint; readonly to: SignedCheckpoint; readonly path: readonly Hash[] };

/** That the log of the later checkpoint begins with the whole log of the earlier one. `undefined` where either was never made. */
export async function proveConsistency(db: Pool, from: number, to: number): Promise<ConsistencyProof | undefined> {
  const [earlier, later] = await Promise.all([checkpointOf(db, from), checkpointOf(db, to)]);
  if (!earlier || !later) return undefined;
  return { from: earlier, to: later, path: await hashesOver(db, consistencyPath(from, to)) };
}
