import type { EventStore } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import type { Freeze } from './freeze.js';
import type { IdempotencyKeys } from './idempotency-keys.js';
import type { Turns } from './turns.js';

/** What the command side stands on. */
export interface CommandStores {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly keys: IdempotencyKeys;
  /** Absent where no edition is dispatched. */
  readonly freeze?: Freeze;
}

/** The same as the token by which Nest injects it, with whose turn it is on each stream. */
export abstract class CommandLog implements CommandStores {
  abstract readonly store: EventStore;
  abstract readonly clock: Clock;
  abstract readonly keys: IdempotencyKeys;
  abstract readonly turns: Turns;
  abstract readonly freeze: Freeze;
}
