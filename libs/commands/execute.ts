import { schemaVersion, type EventMetadata, type EventType } from '#domain/catalogue.js';
import type { Decider, DomainCommand, DomainEvent } from '#domain/decider.js';
import { DomainRejection } from '#domain/rejection.js';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { JsonObject, NewEvent, RecordedEvent } from '#event-store/event-store.js';
import { derivedId } from '#platform/ids.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import type { CommandLog } from './command-log.js';
import { digestOf } from './digest.js';
import { IdempotencyKeyReused, StaleRevision, TooMuchContention } from './errors.js';
import { load, type Loaded } from './load.js';

/** How often a command is decided anew because other processes wrote to its stream meanwhile. */
const ATTEMPTS = 100;
/** Milliseconds for which a command waits for those before it; later, nobody waits for its answer any more. */
const PATIENCE = 30_000;

export type Execution<State, Command extends DomainCommand, Event extends DomainEvent, Facts> = {
  readonly decider: Decider<State, Command, Event, Facts>;
  /** The id of the thing that the command is about, and the stream of its events. */
  readonly id: string;
  readonly stream: string;
  /** What other streams say that the decision rests on; asked again for every decision. */
  readonly facts: (state: State) => Promise<Facts>;
};

/**
 * Load, decide, append, when the commands before it on the same stream are done; on a conflict with another process again
 * on the fresh state, unless the actor named the revision that it has seen.
 * A command id that the stream knows already is answered from the log and decides nothing.
 *
 * @throws {DomainRejection} the domain refuses
 * @throws {StaleRevision} the thing is not at `ifMatch`
 * @throws {IdempotencyKeyReused} the command id is another command's
 * @throws {TooMuchContention} others were faster every time, or too many came before it
 * @throws {StoreUnavailable}
 */
export async function execute<State, Command extends DomainCommand, Event extends DomainEvent, Facts>(
  log: CommandLog,
  execution: Execution<State, Command, Event, Facts>,
  command: Command,
  context: CommandContext,
): Promise<CommandAnswer> {
  const { stream } = execution;
  const until = performance.now() + PATIENCE;
  return log.turns(stream, () => {
    if (performance.now() > until) throw new TooMuchContention(stream, 0);
    return attempt(log, execution, command, context);
  });
}

async function attempt<State, Command extends DomainCommand, Event extends DomainEvent, Facts>(
  { store, clock }: CommandLog,
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

    const now = clock().toISOString();
    const today = now.slice(0, 10);
    const circumstances = { actor: context.actor, today, now };
    const decide = async () => decider.decide(loaded.state, command, await facts(loaded.state), circumstances);
    const events = await onWhatWasSeen(context.ifMatch, loaded, decide);
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

/**
 * What is decided, where the actor has seen what it is decided on. Whom the domain forbids it is told that alone, and
 * learns nothing of where the thing stands.
 */
async function onWhatWasSeen<T>(seen: CommandContext['ifMatch'], loaded: Loaded<unknown>, decide: () => Promise<T>): Promise<T> {
  try {
    const decided = await decide();
    requireSeen(seen, loaded);
    return decided;
  } catch (error) {
    if (error instanceof DomainRejection && error.kind !== 'forbidden') requireSeen(seen, loaded);
    throw error;
  }
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
