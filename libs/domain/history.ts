import type { DomainEvent } from './decider.js';
import { equal, fieldsOf } from './equality.js';
import type { Evolve } from './fold.js';

/** One field before and after an event. */
export type Change = {
  /** JSON Pointer into the state: `/title/kk`, `/assignments/ksopn`, `/milestones/treaty/due`. */
  readonly field: string;
  /** Null where there was none. */
  readonly from: unknown;
  /** Null where there is none any more. */
  readonly to: unknown;
};

/** The events in order, each with what it changed from what to what. Never throws. */
export function history<State, Event extends DomainEvent>(
  { initial, evolve }: { readonly initial: State; readonly evolve: Evolve<State, Event> },
  events: readonly Event[],
): readonly { readonly event: Event; readonly changes: readonly Change[] }[] {
  let state = initial;
  return events.map((event) => {
    const before = state;
    state = evolve(before, event);
    return { event, changes: changesBetween(before, state) };
  });
}

/**
 * Records and maps are compared field by field, in the order of the later one; lists are one value, since their items
 * have no names. Sets are what the deciders remember: they have no fields, and nothing is told of them.
 */
export const changesBetween = (before: unknown, after: unknown): readonly Change[] => [...changesAt('', before, after)];

function* changesAt(field: string, from: unknown, to: unknown): Iterable<Change> {
  if (equal(from, to)) return;
  if (!isBranch(from ?? to) || !isBranch(to ?? from)) {
    yield { field, from: from ?? null, to: to ?? null };
    return;
  }
  const earlier = fieldsOf(from ?? {});
  const later = fieldsOf(to ?? {});
  for (const name of new Set([...later.keys(), ...earlier.keys()])) {
    yield* changesAt(`${field}/${escaped(name)}`, earlier.get(name), later.get(name));
  }
}

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
