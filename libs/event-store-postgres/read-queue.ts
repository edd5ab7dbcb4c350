import { StoreUnavailable } from '#event-store/errors.js';
import type { RecordedEvent } from '#event-store/event-store.js';

export interface StreamRead {
  readonly stream: string;
  readonly from: number;
  readonly limit: number;
}

/** Reads several streams at once: one page for each, in their order. */
export type ReadStreams = (reads: readonly StreamRead[]) => Promise<RecordedEvent[][]>;

interface Waiting {
  readonly read: StreamRead;
  resolve(page: RecordedEvent[]): void;
  reject(reason: unknown): void;
}

const MOST_READS = 64;

/**
 * One read is in flight at a time; what arrives meanwhile shares the next. A lone reader waits for nobody, and many cost
 * the database and this process a fraction of a statement each.
 */
export function readQueue(readStreams: ReadStreams): (read: StreamRead) => Promise<RecordedEvent[]> {
  const waiting: Waiting[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    draining = true;
    while (waiting.length > 0) await answer(waiting.splice(0, MOST_READS));
    draining = false;
  }

  async function answer(group: readonly Waiting[]): Promise<void> {
    try {
      const pages = await readStreams(group.map(({ read }) => read));
      group.forEach(({ resolve }, n) => resolve(pages[n]!));
    } catch (error) {
      // What is wrong with one must not fail the others: each is read by itself.
      if (group.length > 1 && !(error instanceof StoreUnavailable)) for (const one of group) await answer([one]);
      else for (const { reject } of group) reject(error);
    }
  }

  return (read) =>
    new Promise((resolve, reject) => {
      waiting.push({ read, resolve, reject });
      if (!draining) void drain();
    });
}
