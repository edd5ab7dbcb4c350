import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventStore } from '../event-store.js';
import { appending } from './contract/appending.js';
import { exactness } from './contract/exactness.js';
import { reading } from './contract/reading.js';
import { retrying } from './contract/retrying.js';
import { subscribing } from './contract/subscribing.js';
import { timing } from './contract/timing.js';

export interface OpenStore {
  readonly store: EventStore;
  /** Another store on the same log, as another process would have it, where the log outlives a store. */
  readonly reopen?: () => EventStore;
  close(): Promise<void>;
}

/** Where a store keeps another promise than the others: its difference is tested instead. `docs/event-stores.md` tells them. */
export interface Differences {
  /** At a revision it cannot be seen that an id stands elsewhere in the log; `any` and `exists` see their own stream. */
  readonly takenIds?: 'unseen';
  /** The server's clock alone says when an event was recorded, and may be set back. */
  readonly time?: 'of the server';
  /** Bytes. */
  readonly largestAppend?: number;
}

/** Opens a store; `recordedAt` is taken from the clock where one is given. */
export type Open = (options?: { clock?: () => Date }) => Promise<OpenStore>;

/**
 * What every store promises. The log need not be empty: each test writes streams of its own, and reads the log from where it
 * then ends. Nothing else may write to it meanwhile.
 */
export function eventStoreContract(name: string, open: Open, differences: Differences = {}): void {
  describe(name, () => {
    let opened: OpenStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    const log = (): OpenStore => opened;

    describe('appending', () => appending(log, differences));
    describe('appending again', () => retrying(log, differences));
    describe('reading', () => reading(log));
    describe('what is kept', () => exactness(log, differences));
    describe('time', () => timing(open, differences));
    describe('subscribing', () => subscribing(log, open));
  });
}
