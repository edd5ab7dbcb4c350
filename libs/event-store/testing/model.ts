import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { EventStore, ExpectedRevision, NewEvent, RecordedEvent } from '../event-store.js';
import { inMemoryEventStore } from '../in-memory.js';
import type { OpenStore } from './contract.js';
import { readRest } from './some-events.js';

const STREAMS = 3;
/** Few, so that retries, overlaps and taken ids are frequent. */
const IDS = 8;

interface Operation {
  readonly stream: number;
  readonly ids: readonly number[];
  readonly expected: ExpectedRevision;
}

const operation: fc.Arbitrary<Operation> = fc.record({
  stream: fc.nat(STREAMS - 1),
  ids: fc.uniqueArray(fc.nat(IDS - 1), { minLength: 1, maxLength: 3 }),
  expected: fc.oneof(fc.constantFrom<ExpectedRevision>('none', 'exists', 'any'), fc.nat(5)),
});

/** The names that one run gives to the numbers, so that runs do not meet on one log. */
function naming() {
  const ids = Array.from({ length: IDS }, () => randomUUID() as string);
  const run = randomUUID();
  const event = (n: number): NewEvent => ({ id: ids[n]!, type: 'Happened', data: { n }, metadata: {} });
  return (store: EventStore, { stream, ids: numbers, expected }: Operation) =>
    store.append(`model-${run}-${stream}`, numbers.map(event), expected).then(
      ({ revision }) => ({ revision }),
      (error: Error) => ({ refused: error.message }),
    );
}

/** What the model and the store share: positions and times are each store's own. */
const essence = ({ stream, revision, id, type, data }: RecordedEvent) => ({ stream, revision, id, type, data });

/** That a store answers whatever happens as the one in memory does, whose few lines are the model. */
export function likeTheModel(opened: () => OpenStore): void {
  test('one after another, any appends are answered as by the model and leave the same log', async () => {
    const { store } = opened();
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        const model = inMemoryEventStore();
        const append = naming();
        const before = await store.head();
        for (const one of operations) expect(await append(store, one)).toEqual(await append(model, one));
        expect((await readRest(store, before)).map(essence)).toEqual((await readRest(model, '0')).map(essence));
      }),
      { numRuns: 60 },
    );
  });

  test('at once, any appends are answered as if they had been made one after another in the order of the log', async () => {
    const { store } = opened();
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
        const append = naming();
        const before = await store.head();
        const answers = await Promise.all(operations.map((one) => append(store, one)));
        const log = (await readRest(store, before)).map(essence);

        const made = operations.filter((_, n) => 'revision' in answers[n]!);
        const place = ({ ids }: Operation) => log.findIndex(({ data }) => data['n'] === ids[0]);
        const model = inMemoryEventStore();
        const answersInOrder = new Map<Operation, unknown>();
        // The longer first: what begins like an append that was made is a retry of its beginning.
        for (const one of made.toSorted((a, b) => place(a) - place(b) || b.ids.length - a.ids.length)) {
          answersInOrder.set(one, await append(model, one));
        }
        expect((await readRest(model, '0')).map(essence)).toEqual(log);
        expect(made.map((one) => answersInOrder.get(one))).toEqual(
          answers.filter((answer) => 'revision' in answer),
        );
      }),
      { numRuns: 60 },
    );
  });
}
