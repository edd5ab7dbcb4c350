import { setImmediate as turn } from 'node:timers/promises';
import { StoreUnavailable, WrongExpectedRevision } from '#event-store/errors.js';
import type { Appended } from '#event-store/event-store.js';
import { exactly } from '#event-store/expected-revision.js';
import type { WrittenAppend } from './written-append.js';

/** Commits appends on different streams together, and says of each how it went. Throws only where that is not known. */
export type Commit = (group: readonly WrittenAppend[]) => Promise<PromiseSettledResult<Appended>[]>;

export interface AppendQueue {
  add(append: WrittenAppend): Promise<Appended>;
  /** When everything that was added is answered. */
  drained(): Promise<void>;
}

interface Waiting {
  readonly append: WrittenAppend;
  answer(result: PromiseSettledResult<Appended>): void;
}

const MOST_APPENDS = 256;
const MOST_EVENTS = 1_024;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** One commit is in flight at a time. What arrives meanwhile shares the next, at most one append of each stream. */
export function appendQueue(commit: Commit): AppendQueue {
  /** By stream, in the order of arrival. */
  const waiting = new Map<string, Waiting[]>();
  let draining: Promise<void> | undefined;

  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const behind = new Map<string, Waiting[]>();
    let events = 0;
    let characters = 0;
    for (const [stream, line] of waiting) {
      const next = line[0]!;
      events += next.append.events.length;
      characters += next.append.characters;
      if (group.length > 0 && (events > MOST_EVENTS || characters > MOST_CHARACTERS)) break;
      group.push(next);
      waiting.delete(stream);
      if (line.length > 1) behind.set(stream, line.slice(1));
      if (group.length === MOST_APPENDS) break;
    }
    // To the end, so that no stream waits for ever behind busy ones.
    for (const [stream, line] of behind) waiting.set(stream, line);
    return group;
  }

  /** Refuses those who waited to write where another has just written: what the log would answer them is known. */
  function refuseRacers(winner: WrittenAppend, appended: Appended): void {
    const line = waiting.get(winner.stream);
    if (!line) return;
    const before = appended.revision - winner.events.length;
    const lost = ({ append: { expected, events } }: Waiting): boolean =>
      exactly(expected) === before && events[0]!.id !== winner.events[0]!.id;
    for (const { append, answer } of line.filter(lost)) {
      answer({
        status: 'rejected',
        reason: new WrongExpectedRevision(append.stream, append.expected, appended.revision),
      });
    }
    const left = line.filter((racer) => !lost(racer));
    if (left.length > 0) waiting.set(winner.stream, left);
    else waiting.delete(winner.stream);
  }

  async function drain(): Promise<void> {
    while (waiting.size > 0) {
      const group = takeGroup();
      try {
        const results = await commit(group.map(({ append }) => append));
        for (const [n, { append, answer }] of group.entries()) {
          const result = results[n]!;
          answer(result);
          if (result.status === 'fulfilled') refuseRacers(append, result.value);
        }
      } catch (reason) {
        const unanswered = reason instanceof StoreUnavailable ? [...group, ...[...waiting.values()].flat()] : group;
        if (reason instanceof StoreUnavailable) waiting.clear();
        for (const { answer } of unanswered) answer({ status: 'rejected', reason });
      }
      // Those who were just answered and append again at once share the next commit.
      await turn();
    }
    draining = undefined;
  }

  return {
    add: (append) =>
      new Promise((resolve, reject) => {
        const answer: Waiting['answer'] = (result) =>
          result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason);
        const line = waiting.get(append.stream);
        if (line) line.push({ append, answer });
        else waiting.set(append.stream, [{ append, answer }]);
        draining ??= drain();
      }),
    drained: async () => draining,
  };
}
