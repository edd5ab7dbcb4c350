import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { checkAppend } from '#event-store/append.js';
import { StoreUnavailable } from '#event-store/errors.js';
import type { Appended, EventStore } from '#event-store/event-store.js';
import { persistently } from '#event-store/persistently.js';
import { appending } from './appending.js';
import { disposeClient } from './client.js';
import { isPassing } from './failures.js';
import { logIdentity } from './log-identity.js';
import { reading } from './reading.js';
import { streamNames } from './streams.js';
import { subscribing } from './subscription.js';

export interface KurrentDbEventStoreOptions {
  /** What the names of the log's streams begin with on the server; not empty, and not with `$`. */
  readonly prefix: string;
  /** Milliseconds for which a server that is away is tried again, before an append or a read fails. */
  readonly retryFor?: number;
  /** Events in a subscription's batch at most. */
  readonly batchSize?: number;
}

/** Milliseconds for one attempt at an append or a page. */
const DEADLINE = 10_000;

/**
 * The log in streams of a KurrentDB of version 23.10 or newer. Positions are those of `$all`.
 * `close` answers appends in flight, ends subscriptions and closes the client, which is the store's from here on.
 */
export function kurrentdbEventStore(client: KurrentDBClient, options: KurrentDbEventStoreOptions): EventStore {
  const { prefix, retryFor = 5_000, batchSize = 1_000 } = options;
  const names = streamNames(prefix);
  const read = reading(client, names, DEADLINE);
  const append = appending(client, names, read, DEADLINE);
  const closed = new AbortController();
  const inFlight = new Set<Promise<Appended>>();
  const retried = <T>(work: () => Promise<T>): Promise<T> => persistently(work, { store: 'KurrentDB', retryFor, isPassing });

  return {
    async append(stream, events, expected) {
      checkAppend({ stream, events, expected });
      if (closed.signal.aborted) throw new StoreUnavailable('a closed event store');
      // A copy, so that nobody changes what may be sent again.
      const one = { stream, events: structuredClone(events), expected };
      const appended = retried(() => append(one));
      inFlight.add(appended);
      return appended.finally(() => inFlight.delete(appended));
    },
    readStream: (stream, from, limit) => retried(() => read.stream(stream, from, limit)),
    readAll: (after, limit) => retried(() => read.all(after, limit)),
    head: () => retried(() => read.head()),
    subscribe(after, signal) {
      const place = (position: string) => retried(() => read.placeBefore(position));
      return subscribing(client, names, place, after, batchSize, AbortSignal.any([signal, closed.signal]));
    },
    logId: () => retried(() => logIdentity(client, prefix, DEADLINE)),
    async close() {
      closed.abort();
      await Promise.allSettled(inFlight);
      await disposeClient(client);
    },
  };
}
