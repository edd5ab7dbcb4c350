import type { Batch, Position, RecordedEvent } from './event-store.js';

export interface Followed {
  /** Up to `limit` events after a position. */
  read(after: Position): Promise<readonly RecordedEvent[]>;
  readonly limit: number;
  /** Has `wake` called whenever there may be more to read; answers how to stop that. */
  onMore(wake: () => void): () => void;
}

/**
 * The subscription of a store that is read in pages. While the subscriber works on one batch the next is being read,
 * never more than that one. When the iteration ends nothing of it is left running.
 */
export async function* follow(source: Followed, after: Position, signal: AbortSignal): AsyncGenerator<Batch> {
  let mayHaveMore = true;
  let wake = (): void => {};
  const ring = (): void => {
    mayHaveMore = true;
    wake();
  };
  const read = (from: Position): Promise<readonly RecordedEvent[]> => {
    // Before the read begins, so that a wake-up during it is not lost.
    mayHaveMore = false;
    const page = source.read(from);
    // It is awaited later, perhaps after it has failed.
    page.catch(() => {});
    return page;
  };

  const stop = source.onMore(ring);
  signal.addEventListener('abort', ring);
  let ahead: Promise<readonly RecordedEvent[]> | undefined;
  try {
    let told = false;
    for (let position = after; !signal.aborted; ) {
      const events = await (ahead ?? read(position));
      if (signal.aborted) return;
      ahead = undefined;
      position = events.at(-1)?.position ?? position;
      const caughtUp = events.length < source.limit;
      if (!caughtUp) ahead = read(position);
      if (events.length > 0 || !told) yield { events, caughtUp };
      told = caughtUp;
      if (caughtUp && !mayHaveMore) await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop();
    signal.removeEventListener('abort', ring);
    await ahead?.catch(() => {});
  }
}
