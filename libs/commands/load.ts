import { decode } from '#domain/catalogue.js';
import type { DomainEvent } from '#domain/decider.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { BEGINNING } from '#event-store/event-store.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';

/** The half of a decider that history needs. */
type Fold<State, Event extends DomainEvent> = { readonly initial: State; evolve(state: State, event: Event): State };

/** A stream's events folded into a state. */
export type Loaded<State> = {
  readonly state: State;
  /** Of the last event; -1 where there is none. */
  readonly revision: number;
  readonly position: Position;
};

/** Folds a stream; `witness` sees each event as it was recorded. */
export async function load<State, Event extends DomainEvent>(
  store: EventStore,
  fold: Fold<State, Event>,
  stream: string,
  witness?: (recorded: RecordedEvent) => void,
): Promise<Loaded<State>> {
  let loaded: Loaded<State> = { state: fold.initial, revision: -1, position: BEGINNING };
  for await (const recorded of readWholeStream(store, stream)) {
    const event = decode(recorded);
    loaded = {
      // A stream holds the events of its own aggregate, and `evolve` passes over any other.
      state: event ? fold.evolve(loaded.state, event as DomainEvent as Event) : loaded.state,
      revision: recorded.revision,
      position: recorded.position,
    };
    witness?.(recorded);
  }
  return loaded;
}

/** The state alone, as a fact for another stream's decision. */
export async function stateOf<State, Event extends DomainEvent>(
  store: EventStore,
  fold: Fold<State, Event>,
  stream: string,
): Promise<State> {
  return (await load(store, fold, stream)).state;
}
