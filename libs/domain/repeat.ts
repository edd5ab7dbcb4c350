import type { DomainEvent } from './decider.js';
import { equal } from './equality.js';
import type { Evolve } from './fold.js';

/**
 * The event, unless the state says so already. The rules are asked only about what would change something:
 * a repeat is no offence, and history that was lawful when it was written is not judged again.
 */
export const unlessSaid =
  <State, Event extends DomainEvent>(evolve: Evolve<State, Event>, state: State) =>
  (event: Event, rules?: () => void): readonly Event[] => {
    if (equal(evolve(state, event), state)) return [];
    rules?.();
    return [event];
  };
