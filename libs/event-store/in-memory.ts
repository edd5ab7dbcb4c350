import { randomUUID } from 'node:crypto';
import { checkAppend, type Append } from './append.js';
import { StoreUnavailable } from './errors.js';
import { BEGINNING, type Appended, type EventStore, type JsonObject, type RecordedEvent } from './event-store.js';
import { isMet } from './expected-revision.js';
import { follow } from './follow.js';
import { settle } from './settle.js';

/** A recorded event with its JSON as text, so that nobody who holds an event can change the log. */
type Row = Omit<RecordedEvent, 'data' | 'metadata'> & { readonly data: string; readonly metadata: string };

const BATCH = 500;

/** The log in this process's memory, for specs. */
export function inMemoryEventStore({ clock = () => new Date() }: { clock?: () => Date } = {}): EventStore {
  const log: Row[] = [];
  const logId = `memory:${randomUUID()}`;
  const streams = new Map<string, Row[]>();
  const byId = new Map<string, Row>();
  const followers = new Set<() => void>();
  const closed = new AbortController();

  function append(append: Append): Appended {
    const { stream, events, expected } = append;
    checkAppend(append);
    if (closed.signal.aborted) throw new StoreUnavailable('a closed event store');
    const rows = streams.get(stream) ?? [];
    const actual = rows.length - 1;
    const places = events.map(({ id }) => byId.get(id));
    const met = isMet(expected, actual);
    if (!met || places.some(Boolean)) return settle(append, met ? undefined : actual, places);

    const now = clock().toISOString();
    const latest = log.at(-1)?.recordedAt ?? now;
    const recordedAt = now > latest ? now : latest;
    for (const { id, type, data, metadata } of events) {
      const row: Row = {
        position: String(log.length + 1),
        stream,
        revision: rows.length,
        id,
        type,
        data: JSON.stringify(data),
        metadata: JSON.stringify(metadata),
        recordedAt,
      };
      rows.push(row);
      log.push(row);
      byId.set(row.id, row);
    }
    streams.set(stream, rows);
    for (const wake of followers) wake();
    return { revision: rows.length - 1, position: String(log.length) };
  }

  const readAll = (after: string, limit: number): RecordedEvent[] =>
    log.slice(Number(after), Number(after) + limit).map(recorded);

  return {
    append: async (stream, events, expected) => append({ stream, events, expected }),
    readStream: async (stream, fromRevision, limit) =>
      (streams.get(stream) ?? []).slice(fromRevision, fromRevision + limit).map(recorded),
    readAll: async (after, limit) => readAll(after, limit),
    readEvent: async (id) => {
      const row = byId.get(id);
      return row && recorded(row);
    },
    head: async () => log.at(-1)?.position ?? BEGINNING,
    subscribe: (after, signal) =>
      follow(
        {
          limit: BATCH,
          read: async (from) => readAll(from, BATCH),
          onMore(wake) {
            followers.add(wake);
            return () => followers.delete(wake);
          },
        },
        after,
        AbortSignal.any([signal, closed.signal]),
      ),
    logId: async () => logId,
    close: async () => closed.abort(),
  };
}

const recorded = (row: Row): RecordedEvent => ({
  ...row,
  data: JSON.parse(row.data) as JsonObject,
  metadata: JSON.parse(row.metadata) as JsonObject,
});
