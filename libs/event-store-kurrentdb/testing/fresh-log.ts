import { randomUUID } from 'node:crypto';
import type { EventStore } from '#event-store/event-store.js';
import { createClient } from '../client.js';
import { kurrentdbEventStore, type KurrentDbEventStoreOptions } from '../kurrentdb-event-store.js';
import { startKurrentTestServer } from './server/kurrent-test-server.js';

export interface FreshKurrentLog {
  readonly url: string;
  readonly prefix: string;
  readonly store: EventStore;
  /** Another store on the same log. */
  reopen(options?: Partial<KurrentDbEventStoreOptions>): EventStore;
  close(): Promise<void>;
}

/** A position that a double cannot hold. */
const FAR = 2n ** 60n + 1n;

/** Where `KURRENTDB_TEST_URL` names a real server it is used; otherwise one in this process, whose log seems to be long. */
export async function kurrentServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const real = process.env['KURRENTDB_TEST_URL'];
  if (real) return { url: real, stop: () => Promise.resolve() };
  return startKurrentTestServer({ firstPosition: FAR });
}

/** On a server that may have a past every run has streams of its own. */
export const freshPrefix = (): string => `mindet-test-${randomUUID()}.`;

/** An empty log. */
export async function freshKurrentLog(): Promise<FreshKurrentLog> {
  const { url, stop } = await kurrentServer();
  const prefix = freshPrefix();
  const reopen = (options: Partial<KurrentDbEventStoreOptions> = {}): EventStore =>
    kurrentdbEventStore(createClient(url), { prefix, ...options });
  const store = reopen();
  return {
    url,
    prefix,
    store,
    reopen,
    async close() {
      await store.close();
      await stop();
    },
  };
}
