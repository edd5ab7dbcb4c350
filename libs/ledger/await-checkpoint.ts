import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { until } from '#platform/until.js';
import type { WakeUps } from '#platform/wake-ups.js';
import { latestCheckpoint, type SignedCheckpoint } from './checkpoints.js';
import { WANTED_CHANNEL } from './keep-ledger.js';

/** No checkpoint covers a position yet, nor did one in time. */
export class LedgerBehind extends Error {
  override readonly name = 'LedgerBehind';
  constructor(readonly position: Position) {
    super(`no signed checkpoint covers position ${position} yet`);
  }
}

/**
 * The latest checkpoint, once it covers a log position: where none does yet, whoever keeps the ledger is asked for one.
 * @param news of checkpoints that were made
 * @returns `undefined` where there is none by the time that the signal aborts
 */
export async function checkpointCovering(db: Pool, position: Position, news: WakeUps, signal: AbortSignal): Promise<SignedCheckpoint | undefined> {
  let latest: SignedCheckpoint | undefined;
  const isCovered = await until(
    async () => {
      latest = await latestCheckpoint(db);
      if (latest && comparePositions(latest.position, position) >= 0) return true;
      await db.query('select pg_notify($1, $2)', [WANTED_CHANNEL, position]);
      return false;
    },
    news,
    signal,
  );
  return isCovered ? latest : undefined;
}
