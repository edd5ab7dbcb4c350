import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import type { Build } from './build.js';
import type { Decoded } from './decoded.js';
import { sharedLog } from './shared-log.js';
import { append, until } from './testing/running.js';

/** A build that keeps in mind what it was given, and takes its time over it. */
function remembering(from: number, scheduler?: fc.Scheduler): Build & { readonly taken: string[] } {
  let position = String(from);
  const taken: string[] = [];
  return {
    projection: { name: 'spec', version: 1, tables: [], on: {} },
    place: { id: '1', schema: 'read', position },
    taken,
    get position() {
      return position;
    },
    async take(events: readonly Decoded[]) {
      const fresh = events.filter(({ recorded }) => BigInt(recorded.position) > BigInt(position));
      taken.push(...fresh.map(({ recorded }) => recorded.position));
      position = fresh.at(-1)?.recorded.position ?? position;
      await scheduler?.schedule(Promise.resolve());
    },
    written: async () => scheduler?.schedule(Promise.resolve()),
  };
}

const numbers = (after: number, upTo: number): string[] => Array.from({ length: upTo - after }, (_, index) => String(after + index + 1));

describe('the log, read once for several builds', () => {
  it('gives each of them every event once and in order, whenever they come and go', async () => {
    const coming = fc.record({ from: fc.nat(5), after: fc.nat(10), leavesAfter: fc.option(fc.nat(10)) });
    await fc.assert(
      fc.asyncProperty(fc.array(coming, { minLength: 1, maxLength: 4 }), fc.scheduler(), async (comings, scheduler) => {
        const store = inMemoryEventStore();
        await append(store, ...Array.from({ length: 5 }, () => []));
        const ending = new AbortController();
        const log = sharedLog(store, ending.signal);
        const builds: ReturnType<typeof remembering>[] = [];
        const following: Promise<void>[] = [];
        const leavings = comings.map(() => new AbortController());
        for (let step = 0; step <= 20; step += 1) {
          for (const [index, { from, after, leavesAfter }] of comings.entries()) {
            if (step === after) {
              const build = remembering(from, scheduler);
              builds[index] = build;
              following.push(log.follow(build, AbortSignal.any([ending.signal, leavings[index]!.signal])));
            }
            if (leavesAfter !== null && step === after + leavesAfter) leavings[index]!.abort();
          }
          await append(store, []);
          if (scheduler.count() > 0) await scheduler.waitOne();
        }
        const head = await store.head();
        const stays = builds.filter((_, index) => !leavings[index]!.signal.aborted);
        await until(async () => {
          if (scheduler.count() > 0) await scheduler.waitOne();
          return stays.every(({ position }) => position === head);
        });
        ending.abort();
        let left = false;
        const all = Promise.all(following).then(() => (left = true));
        await until(async () => {
          if (scheduler.count() > 0) await scheduler.waitOne();
          return left;
        });
        await all;
        builds.forEach(({ taken, position }, index) => expect(taken).toEqual(numbers(comings[index]!.from, Number(position))));
      }),
      { numRuns: 50 },
    );
  }, 30_000);

  it.each(['from its beginning', 'after the others'])('tells of what cannot be written though no further event comes, to one that joins %s', async (when) => {
    const store = inMemoryEventStore();
    await append(store, [], []);
    const ending = new AbortController();
    const log = sharedLog(store, ending.signal);
    if (when === 'after the others') {
      const other = remembering(0);
      void log.follow(other, ending.signal);
      await until(async () => other.position === '2');
    }
    let writing = Promise.resolve();
    const build: Build = {
      ...remembering(0),
      position: '0',
      async take(events) {
        if (events.length > 0) Object.assign(build, { position: '2' });
        writing = Promise.reject(new Error('refused'));
        writing.catch(() => {});
      },
      written: () => writing,
    };
    await expect(log.follow(build, ending.signal)).rejects.toThrow('refused');
    ending.abort();
  });
});
