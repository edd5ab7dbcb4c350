import type { Position } from '#event-store/event-store.js';
import type { Difference } from '#verification/difference.js';
import type { Asker, Verification } from '#verification/records.js';

/** Where auditors ask for verifications. Also the token by which Nest injects it. */
export abstract class VerificationDesk {
  abstract readonly ask: (position: Position, askedBy: Asker) => Promise<Verification>;
  abstract readonly find: (id: string) => Promise<Verification | undefined>;
  /** What one found, the first thousand. */
  abstract readonly differences: (id: string) => Promise<Difference[]>;
  /** The last one first. */
  abstract readonly list: (limit: number) => Promise<Verification[]>;
}
