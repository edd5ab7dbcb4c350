import type { EventStore } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import type { IdempotencyKeys } from './idempotency-keys.js';

/** What the command side stands on. Also the token by which Nest injects it. */
export abstract class CommandLog {
  abstract readonly store: EventStore;
  abstract readonly clock: Clock;
  abstract readonly keys: IdempotencyKeys;
}
