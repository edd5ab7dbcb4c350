import type { Position } from '#event-store/event-store.js';
import type { SignedCheckpoint } from '#ledger/checkpoints.js';

/** Where operators look after the ledger, and checkpoints are waited for. Also the token by which Nest injects it. */
export abstract class LedgerDesk {
  /** The latest, once it covers a position; `undefined` where none does in time. */
  abstract readonly covering: (position: Position) => Promise<SignedCheckpoint | undefined>;
  /** How many events are in the tree, and when it was signed last (RFC 3339). */
  abstract readonly status: () => Promise<{ size: number; signedAt?: string }>;
}
