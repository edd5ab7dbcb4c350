import type pg from 'pg';
import { checkAppend } from '#event-store/append.js';
import { StoreUnavailable } from '#event-store/errors.js';
import type { EventStore } from '#event-store/event-store.js';
import { follow } from '#event-store/follow.js';
import { wakeUps } from '#platform/wake-ups.js';
import { appendQueue } from './append-queue.js';
import { committer } from './commit.js';
import { persistently } from './persistently.js';
import { readQueue } from './read-queue.js';
import { selectAll, selectEvent, selectHead, selectLogId, selectStreams } from './reading.js';
import { writeOut } from './written-append.js';

export interface PostgresEventStoreOptions {
  /** What `recordedAt` is taken from; without it, the server's clock. */
  readonly clock?: () => Date;
  /** Milliseconds for which a database that is away is tried again, before an append or a read fails. */
  readonly retryFor?: number;
  /** Milliseconds after which subscriptions look for events by themselves, should a notification be lost. */
  readonly pollEvery?: number;
  /** Events in a subscription's batch at most. */
  readonly batchSize?: number;
}

/**
 * The log in the schema `event_store`, which the migrations make. Subscriptions share one connection beside the pool's.
 * `close` answers appends in flight and ends subscriptions; the pool stays its owner's to end.
 */
export function postgresEventStore(pool: pg.Pool, options: PostgresEventStoreOptions = {}): EventStore {
  const { clock, retryFor = 5_000, pollEvery = 1_000, batchSize = 1_000 } = options;
  const commit = committer(pool, clock);
  const queue = appendQueue((group) => persistently(() => commit(group), retryFor));
  const read = readQueue((reads) => persistently(() => selectStreams(pool, reads), retryFor));
  const news = wakeUps(pool.options, 'event_store', pollEvery);
  const closed = new AbortController();

  return {
    async append(stream, events, expected) {
      const append = { stream, events, expected };
      checkAppend(append);
      if (closed.signal.aborted) throw new StoreUnavailable('a closed event store');
      return queue.add(writeOut(append));
    },
    readStream: (stream, from, limit) => read({ stream, from, limit }),
    readAll: (after, limit) => persistently(() => selectAll(pool, after, limit), retryFor),
    readEvent: (id) => persistently(() => selectEvent(pool, id), retryFor),
    head: () => persistently(() => selectHead(pool), retryFor),
    subscribe(after, signal) {
      const until = AbortSignal.any([signal, closed.signal]);
      const read = (from: string) => persistently(() => selectAll(pool, from, batchSize), Infinity, until);
      return follow({ read, limit: batchSize, onMore: news.onMore }, after, until);
    },
    logId: () => persistently(() => selectLogId(pool), retryFor),
    async close() {
      closed.abort();
      await Promise.all([queue.drained(), news.close()]);
    },
  };
}
