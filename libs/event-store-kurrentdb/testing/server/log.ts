import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { checkCommit, type Expected } from './commit-check.js';

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LoggedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position: they are the same for everything that is not written in an explicit transaction. */
  readonly position: bigint;
  readonly created: Date;
}

export type WriteResult =
  | { readonly result: 'written'; readonly revision: number; readonly position: bigint | undefined }
  /** @property revision the one the stream has; -1 where it has no events */
  | { readonly result: 'wrong expected version'; readonly revision: number }
  | { readonly result: 'stream deleted' };

export interface LogOptions {
  /** The position of the first event, as if the log had been written for long. */
  readonly firstPosition?: bigint;
  /** Whether the server writes events of its own between those of its clients. True if not given. */
  readonly systemEvents?: boolean;
  readonly clock?: () => Date;
  /** How many ids the server remembers for writes at `any` and `stream_exists`. The real one has 8 MiB for them. */
  readonly rememberedIds?: number;
}

/** A log that outlives the servers in front of it. */
export interface KurrentLog {
  write(stream: string, expected: Expected, events: readonly ProposedEvent[]): WriteResult;
  /** All events in order, of every stream. */
  readonly all: readonly LoggedEvent[];
  /** The events of a stream, or `undefined` where it never had any. */
  stream(name: string): readonly LoggedEvent[] | undefined;
  isDeleted(stream: string): boolean;
  /** Deletes a stream for good. */
  tombstone(stream: string): void;
  /** Where the next record will be written: at or after the end of the last. */
  readonly end: bigint;
  /** Whether a record begins or the log ends here: no other position can be read from. */
  isRecordAt(position: bigint): boolean;
  /** Forgets what it remembers of ids, as a server does when it starts. */
  forgetIds(): void;
  /** Calls back after every write; returns how to stop it. */
  onWrite(listener: () => void): () => void;
}

const RECORD_OVERHEAD = 130;
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const systemEvent = (type: string, data: unknown): ProposedEvent => ({
  id: randomUUID(),
  type,
  isJson: true,
  data: json(data),
  metadata: new Uint8Array(),
});

export function createLog(options: LogOptions = {}): KurrentLog {
  const { firstPosition = 1_534n, systemEvents = true, clock = () => new Date(), rememberedIds = 100_000 } = options;
  const all: LoggedEvent[] = [];
  const streams = new Map<string, LoggedEvent[]>();
  const deleted = new Set<string>();
  const records = new Set<bigint>([0n, firstPosition]);
  const remembered = new Map<string, { readonly stream: string; readonly revision: number }>();
  const written = new EventEmitter().setMaxListeners(0);
  let end = firstPosition;
  let writes = 0;

  function put(stream: string, event: ProposedEvent): LoggedEvent {
    const events = streams.get(stream) ?? [];
    streams.set(stream, events);
    const logged = { ...event, stream, revision: events.length, position: end, created: clock() };
    events.push(logged);
    all.push(logged);
    remembered.delete(event.id);
    remembered.set(event.id, { stream, revision: logged.revision });
    if (remembered.size > rememberedIds) remembered.delete(remembered.keys().next().value!);
    end += BigInt(RECORD_OVERHEAD + 2 * (stream.length + event.type.length) + event.data.length + event.metadata.length);
    records.add(end);
    return logged;
  }

  function writeOwnEvents(last: LoggedEvent): void {
    writes += 1;
    if (writes % 3 === 0) put('$stats-127.0.0.1:2113', systemEvent('$statsCollected', { 'proc-mem': writes }));
    if (writes % 4 === 0) put(`$et-${last.type}`, { ...systemEvent('$>', {}), data: Buffer.from(`${last.revision}@${last.stream}`) });
    if (writes % 5 === 0) put(`$$${last.stream}`, systemEvent('$metadata', { $maxCount: 1_000_000 }));
  }

  if (systemEvents) put('$user-admin', systemEvent('$UserCreated', { loginName: 'admin' }));

  return {
    write(stream, expected, events) {
      if (deleted.has(stream)) return { result: 'stream deleted' };
      const before = streams.get(stream) ?? [];
      const revision = before.length - 1;
      const decision = checkCommit(
        {
          revision,
          exists: before.length > 0 || streams.has(`$$${stream}`),
          idAt: (at) => before[at]?.id,
          remembered: (id) => {
            const known = remembered.get(id);
            return known?.stream === stream ? known.revision : undefined;
          },
        },
        expected,
        events.map(({ id }) => id),
      );
      if (decision.commit === 'wrong expected version') return { result: 'wrong expected version', revision };
      if (decision.commit === 'repeated') {
        return { result: 'written', revision: decision.lastRevision, position: before[decision.lastRevision]?.position };
      }
      const last = events.map((event) => put(stream, event)).at(-1);
      if (!last) return { result: 'written', revision, position: undefined };
      if (systemEvents) writeOwnEvents(last);
      written.emit('written');
      return { result: 'written', revision: last.revision, position: last.position };
    },
    all,
    stream: (name) => streams.get(name),
    isDeleted: (stream) => deleted.has(stream),
    tombstone(stream) {
      put(stream, systemEvent('$streamDeleted', {}));
      deleted.add(stream);
      written.emit('written');
    },
    get end() {
      return end;
    },
    isRecordAt: (position) => records.has(position),
    forgetIds: () => remembered.clear(),
    onWrite(listener) {
      written.on('written', listener);
      return () => void written.off('written', listener);
    },
  };
}
