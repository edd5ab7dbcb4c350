import { derivedId, randomId } from '#platform/ids.js';
import type { Actor, CalendarDate } from '#domain/values.js';

/** What comes with a command and is not its own content. */
export type CommandContext = {
  readonly actor: Actor;
  /** The ids of the command's events are derived from it, so that a retry cannot double them. */
  readonly commandId: string;
  /** Where given, the command id is claimed for this very command before it is carried out. */
  readonly idempotencyKey?: string;
  /** The revision that the actor has seen, or that there must be something at all. */
  readonly ifMatch?: number | 'exists';
  /** When it happened; today where absent. */
  readonly occurredOn?: CalendarDate;
  readonly correlationId: string;
  /** What brought the command about; itself where absent. */
  readonly causationId?: string;
};

/** Namespace (RFC 9562) of command ids that come from idempotency keys. */
const KEYED_COMMANDS = '0b4d5a52-8f0e-5a5c-9d55-6d696e646574';

/** One id for one actor's key, so that keys of different actors never meet; a new id where there is no key. */
export function commandIdOf(actor: Actor, idempotencyKey: string | undefined): string {
  if (idempotencyKey === undefined) return randomId();
  return derivedId(KEYED_COMMANDS, JSON.stringify([actor.subject, actor.role, actor.state, actor.body, idempotencyKey]));
}

/** What a command is answered with. */
export type CommandAnswer = {
  /** Of the thing that the command is about. */
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  /** How many events this very call recorded: none where the state said so already, or where the command had been answered before. */
  readonly recorded: number;
};
