import { schemaVersion, type EventMetadata, type EventType } from '#domain/catalogue.js';
import type { Decider, DomainCommand, DomainEvent } from '#domain/decider.js';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { EventStore, JsonObject, NewEvent, RecordedEvent } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import { derivedId } from '#platform/ids.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { digestOf } from './digest.js';
import { IdempotencyKeyReused, StaleRevision, TooMuchContention } from './errors.js';
import { load, type Loaded } from './load.js';

/** How often a command is decided anew because others wrote to its stream meanwhile. */
const ATTEMPTS = 20;

export type Execution<State, Command extends DomainCommand, Event extends DomainEvent, Facts> = {
  readonly decider: Decider<State, Command, Event, Facts>;
  /** The id of the thing that the command is about, and the stream of its events. */
  readonly id: string;
  readonly stream: string;
  /** What other streams say that the decision rests on; asked again for every decision. */
  readonly facts: (state: State) => Promise<Facts>;
};

/**
 * Load, decide, append; on a conflict again on the fresh state, unless the actor named the revision that it has seen.
 * A command id that the stream knows already is answered from the log and decides nothing.
 *
 * @throws {DomainRejection} the domain refuses
 * @throws {StaleRevision} the thing is not at `ifMatch`
 * @throws {IdempotencyKeyReused} the command id is another command's
 * @throws {TooMuchContention} others were faster every time
 * @throws {StoreUnavailable}
 */
export async function execute<State, Command extends DomainCommand, Event extends DomainEvent, Facts>(
  store: EventStore,
  clock: Clock,
  { decider, id, stream, facts }: Execution<State, Command, Event, Facts>,
  command: Command,
  context: CommandContext,
): Promise<CommandAnswer> {
  const digest = digestOf(command, context.occurredOn);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const earlier: RecordedEvent[] = [];
    const loaded = await load(store, decider, stream, (recorded) => {
      if (metadataOf(recorded).commandId === context.commandId) earlier.push(recorded);
    });
    const answered = earlier.at(-1);
    if (answered) {
      if (metadataOf(answered).commandDigest !== digest) throw new IdempotencyKeyReused();
      return { id, revision: answered.revision, position: answered.position, recorded: 0 };
    }
    requireSeen(context.ifMatch, loaded);

    const today = clock().toISOString().slice(0, 10);
    const circumstances = { actor: context.actor, today };
    const events = decider.decide(loaded.state, command, await facts(loaded.state), circumstances);
    if (events.length === 0) return { id, revision: loaded.revision, position: loaded.position, recorded: 0 };

    const metadata = {
      occurredOn: context.occurredOn ?? today,
      actor: context.actor,
      correlationId: context.correlationId,
      causationId: context.causationId ?? context.commandId,
      commandId: context.commandId,
      commandDigest: digest,
    };
    try {
      const expected = loaded.revision === -1 ? 'none' : loaded.revision;
      const appended = await store.append(stream, events.map((event, index) => newEvent(event, index, metadata)), expected);
      return { id, ...appended, recorded: events.length };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      if (typeof context.ifMatch === 'number') throw new StaleRevision(context.ifMatch, error.actual);
    }
  }
  throw new TooMuchContention(stream, ATTEMPTS);
}

function requireSeen(seen: CommandContext['ifMatch'], { revision }: Loaded<unknown>): void {
  if (seen === undefined) return;
  if (seen === 'exists' ? revision === -1 : seen !== revision) throw new StaleRevision(seen, revision);
}

const metadataOf = (recorded: RecordedEvent) => recorded.metadata as unknown as EventMetadata;

function newEvent(event: DomainEvent, index: number, metadata: Omit<EventMetadata, 'schemaVersion'>): NewEvent {
  const written: EventMetadata = { schemaVersion: schemaVersion(event.type as EventType), ...metadata };
  return {
    id: derivedId(metadata.commandId, String(index)),
    type: event.type,
    data: event.data as JsonObject,
    metadata: written,
  };
}
