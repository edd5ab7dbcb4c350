import type { Actor, CalendarDate, Instant } from './values.js';

export type DomainEvent<Type extends string = string, Data extends object = object> = {
  readonly type: Type;
  readonly data: Data;
};
export type DomainCommand<Type extends string = string, Data extends object = object> = {
  readonly type: Type;
  readonly data: Data;
};

/** Who asks, and what day and moment it is where the service runs (UTC). The domain has no clock of its own. */
export type Circumstances = { readonly actor: Actor; readonly today: CalendarDate; readonly now: Instant };

/**
 * An aggregate as three pure parts. `decide` gives the events that the command brings about, none where the state says
 * so already, or throws `DomainRejection`. `evolve` never throws and leaves the state as it is on what it does not know:
 * history must always load.
 *
 * `Facts` are what other streams say that the decision rests on, read no earlier than the command arrived.
 */
export interface Decider<State, Command extends DomainCommand, Event extends DomainEvent, Facts> {
  readonly initial: State;
  decide(state: State, command: Command, facts: Facts, circumstances: Circumstances): readonly Event[];
  evolve(state: State, event: Event): State;
}
