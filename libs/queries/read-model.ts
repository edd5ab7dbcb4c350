import type { EventStore } from '#event-store/event-store.js';
import type { ReadSide } from './moment.js';

/** What questions are answered from. Also the token by which Nest injects it. */
export abstract class ReadModel {
  abstract readonly side: ReadSide;
  abstract readonly store: EventStore;
  /** Aborted when the service ends: streams end with it. */
  abstract readonly closing: AbortSignal;
}
