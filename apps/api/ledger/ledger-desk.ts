import type { Position } from '#event-store/event-store.js';
import type { SignedCheckpoint } from '#ledger/checkpoints.js';

/** Where checkpoints are waited for. Also the token by which Nest injects it. */
export abstract class LedgerDesk {
  /** The latest, once it covers a position; `undefined` where none does in time. */
  abstract readonly covering: (position: Position) => Promise<SignedCheckpoint | undefined>;
}
