import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandSequences } from '#domain/testing/arbitrary-commands.js';
import { play } from '#domain/testing/world.js';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { readRest } from '#event-store/testing/some-events.js';
import { decodeAll } from '#projections/decoded.js';
import { findings } from './difference.js';
import { foldCheck } from './fold-check.js';
import { record } from './testing/recorded-service.js';

async function foundIn(store: EventStore, pageSize: number) {
  const found = findings();
  const check = foldCheck(store, found);
  const events = await readRest(store, '0');
  for (let from = 0; from < events.length; from += pageSize) await check.look(decodeAll(events.slice(from, from + pageSize)));
  return found.kept;
}

describe('foldCheck', () => {
  it('finds nothing in what deciders have decided, whatever they were asked', async () => {
    await fc.assert(
      fc.asyncProperty(commandSequences, async (asked) => {
        const store = inMemoryEventStore();
        for (const step of play(asked)) await record(store, step);
        expect(await foundIn(store, 7)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('tells of a thing the first event that means nothing to it, and no other', async () => {
    const store = inMemoryEventStore();
    const actor = { subject: 'secretary', role: 'secretariat' } as const;
    const renamed = { type: 'BodyRenamed', data: { bodyId: 'skb', names: { ru: 'СКБ' } } } as const;
    await record(store, { events: [renamed, renamed], stream: 'body-skb', actor });
    await record(store, { events: [renamed], stream: 'fish-1', actor });
    expect((await foundIn(store, 1)).map(({ position, what }) => [position, what])).toEqual([
      ['1', 'the event means nothing to body-skb as it then was'],
      ['3', 'the event belongs to fish-1, which is no kind of thing that this release knows'],
    ]);
  });
});
