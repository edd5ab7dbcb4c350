import type { Decider, DomainEvent } from './decider.js';
import type { Shapes } from './shape.js';

export type Evolve<State, Event> = (state: State, event: Event) => State;

/** The state that these events, in order, have led to. Never throws. */
export const fold = <State, Event extends DomainEvent>(
  { initial, evolve }: Pick<Decider<State, never, Event, never>, 'initial' | 'evolve'>,
  events: readonly Event[],
): State => events.reduce(evolve, initial);

/** An `evolve` that is asked about events of known type and shape alone; anything else leaves the state as it is. */
export const wellFormedOnly =
  <State, Event extends DomainEvent>(shapes: Shapes<Event>, evolve: Evolve<State, Event>): Evolve<State, Event> =>
  (state, event) =>
    isWellFormed(shapes, event) ? evolve(state, event) : state;

function isWellFormed(shapes: Record<string, (data: unknown) => boolean>, event: unknown): boolean {
  const { type, data } = (event ?? {}) as { type?: unknown; data?: unknown };
  return typeof type === 'string' && Object.hasOwn(shapes, type) && shapes[type]!(data);
}
