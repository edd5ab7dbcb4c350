import { isDeepStrictEqual } from 'node:util';
import { BEGINNING, type EventStore, type Position, type RecordedEvent } from './event-store.js';
import { comparePositions } from './position.js';

/** A log that takes events of another one as they were: in their order, with their ids, revisions and times. Positions are its own. */
export interface TakingLog {
  readonly store: EventStore;
  /** All of them are on disk when it answers; the same again changes nothing, or fails. */
  take(events: readonly RecordedEvent[]): Promise<void>;
}

export interface CopyProgress {
  readonly doing: 'comparing' | 'copying' | 'verifying';
  /** Events so far. */
  readonly events: number;
}

/** The target is not a copy of the source, nor the beginning of one. The message names the first difference. */
export class NotACopy extends Error {
  override readonly name = 'NotACopy';
}

const PAGE = 1_000;

/**
 * Copies a log up to where its head is now, and then compares every event of both. Where the target holds the beginning of the
 * source already, as after an interruption, it goes on from there.
 * @returns how many events the logs have in common, and how many of them were copied now
 * @throws {NotACopy} nothing more was copied
 */
export async function copyLog(
  source: EventStore,
  target: TakingLog,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<{ events: number; copied: number }> {
  const head = await source.head();
  const known = await compare(source, target.store, head, (events) => onProgress({ doing: 'comparing', events }));
  let copied = 0;
  for (let after = known.sourcePosition; comparePositions(after, head) < 0; ) {
    const page = upTo(head, await source.readAll(after, PAGE));
    if (page.length === 0) break;
    await target.take(page);
    after = page.at(-1)!.position;
    copied += page.length;
    onProgress({ doing: 'copying', events: known.events + copied });
  }
  const { events } = await compare(source, target.store, head, (verified) => onProgress({ doing: 'verifying', events: verified }));
  const all = known.events + copied;
  if (events !== all) throw new NotACopy(`the target has ${events} events where ${all} were copied`);
  return { events, copied };
}

/** How far the target holds the beginning of the source. @throws {NotACopy} */
async function compare(
  source: EventStore,
  target: EventStore,
  head: Position,
  onProgress: (events: number) => void,
): Promise<{ events: number; sourcePosition: Position }> {
  let events = 0;
  let [sourcePosition, targetPosition] = [BEGINNING, BEGINNING];
  for (;;) {
    const copies = await target.readAll(targetPosition, PAGE);
    if (copies.length === 0) return { events, sourcePosition };
    const originals = upTo(head, await source.readAll(sourcePosition, copies.length));
    copies.forEach((copy, n) => requireSame(events + n + 1, originals[n], copy));
    events += copies.length;
    sourcePosition = originals.at(-1)!.position;
    targetPosition = copies.at(-1)!.position;
    onProgress(events);
  }
}

const upTo = (head: Position, events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  events.filter(({ position }) => comparePositions(position, head) <= 0);

const SAME = ['id', 'stream', 'revision', 'type', 'recordedAt'] as const;

function requireSame(nth: number, original: RecordedEvent | undefined, copy: RecordedEvent): void {
  if (!original) throw new NotACopy(`the target has an event ${nth}, ${copy.id}, that the source has not`);
  const differing =
    SAME.find((part) => original[part] !== copy[part]) ??
    (['data', 'metadata'] as const).find((part) => !isDeepStrictEqual(original[part], copy[part]));
  if (differing === undefined) return;
  throw new NotACopy(`event ${nth}, ${original.id}, is another in the target: its ${differing} differs`);
}
