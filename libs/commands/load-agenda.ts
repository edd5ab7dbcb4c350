import { MAY_ISSUE } from '#domain/authority.js';
import type { EventMetadata } from '#domain/catalogue.js';
import { streamOf } from '#domain/identifiers.js';
import { DomainRejection } from '#domain/rejection.js';
import { BEGINNING, type EventStore } from '#event-store/event-store.js';
import { derivedId } from '#platform/ids.js';
import type { LoadingCommand, Step } from './agenda-file/steps.js';
import type { CommandService } from './command-service.js';
import { IdempotencyKeyReused } from './errors.js';

/**
 * What became of one step: recorded now; unchanged, since an earlier load recorded it or it says what is so already;
 * differs, since the thing stands already and not as the file has it; refused by the domain.
 */
export type Loaded = { readonly step: Step } & (
  | { readonly outcome: 'recorded' | 'unchanged' | 'differs' }
  | { readonly outcome: 'refused'; readonly rejection: DomainRejection }
);

/** Namespace (RFC 9562) of the ids of loading commands. */
const LOADED_COMMANDS = '5e3d1c0a-6b1f-5d43-8a77-6c6f61646564';

/**
 * Takes the steps in turn as ordinary commands. Each has the same command id in every load, so that a second load, also of
 * an agenda that has moved on since, records nothing, and one that was cut off is finished by the next.
 */
export async function* loadAgenda(commands: CommandService, steps: readonly Step[], correlationId: string): AsyncGenerator<Loaded> {
  for (const step of steps) {
    const { command } = step;
    const context = {
      actor: { subject: 'agenda-file', role: MAY_ISSUE[command.type][0] },
      commandId: loadedCommandId(command),
      correlationId,
    };
    try {
      const { recorded } = await commands.issue(command, context);
      yield { step, outcome: recorded > 0 ? 'recorded' : 'unchanged' };
    } catch (error) {
      if (error instanceof IdempotencyKeyReused) yield { step, outcome: 'differs' };
      else if (error instanceof DomainRejection) {
        yield error.code.includes('_ALREADY_') ? { step, outcome: 'differs' } : { step, outcome: 'refused', rejection: error };
      } else throw error;
    }
  }
}

/** The domain refused a step of the agenda that the service was to begin with. */
export class AgendaRefused extends Error {
  override readonly name = 'AgendaRefused';
  constructor(path: string, { step, rejection }: Extract<Loaded, { outcome: 'refused' }>) {
    super(`${path}: ${step.command.type} is refused: ${rejection.code}: ${rejection.detail}`, { cause: rejection });
  }
}

/** Whether the log holds nothing but what these steps recorded: it is empty, or the load was cut off before anyone else could act. */
export async function holdsNothingElse(store: EventStore, steps: readonly Step[]): Promise<boolean> {
  const own = new Set(steps.map(({ command }) => loadedCommandId(command)));
  const events = await store.readAll(BEGINNING, steps.length + 1);
  return events.length <= steps.length && events.every(({ metadata }) => own.has((metadata as unknown as EventMetadata).commandId));
}

/** The streams of all that the steps are about. */
export const streamsOf = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(steps.flatMap(({ command }) => [streamNamed(command), ...streamsRestedOn(command)]));

const loadedCommandId = (command: LoadingCommand): string =>
  derivedId(LOADED_COMMANDS, JSON.stringify([command.type, streamNamed(command), partNamed(command)]));

function streamNamed({ data }: LoadingCommand): string {
  if ('commitmentId' in data) return streamOf.commitment(data.commitmentId);
  if ('priorityId' in data) return streamOf.priority(data.priorityId);
  return 'bodyId' in data ? streamOf.body(data.bodyId) : streamOf.agenda(data.agendaId);
}

function streamsRestedOn({ data }: LoadingCommand): string[] {
  if ('body' in data) return [streamOf.body(data.body)];
  return 'carriedOverFrom' in data && data.carriedOverFrom !== undefined ? [streamOf.commitment(data.carriedOverFrom)] : [];
}

/** Which part of its thing a command is about, where it has several of a kind. */
function partNamed({ data }: LoadingCommand): string | undefined {
  if ('milestoneId' in data) return data.milestoneId;
  if ('body' in data) return data.body;
  return 'state' in data ? data.state : undefined;
}
