import type { AgendaEvent } from './agenda/events.js';
import type { BodyEvent } from './body/events.js';
import type { CommitmentEvent } from './commitment/events.js';
import type { EditionEvent } from './edition/events.js';
import type { PriorityEvent } from './priority/events.js';
import type { ReportEvent } from './report/events.js';
import type { Actor, CalendarDate } from './values.js';

/** Every event that the domain knows. */
export type Event = AgendaEvent | BodyEvent | PriorityEvent | CommitmentEvent | ReportEvent | EditionEvent;
export type EventType = Event['type'];

/** What is recorded beside an event's data. */
export type EventMetadata = {
  readonly schemaVersion: number;
  /** When it happened, as its actor says; when the log took it is the log's own `recordedAt`. */
  readonly occurredOn: CalendarDate;
  readonly actor: Actor;
  readonly correlationId: string;
  /** What brought it about: the command, or the event or request that the command answers. */
  readonly causationId: string;
  readonly commandId: string;
  /** SHA-256 of the command as it was sent, so that its retry is known from another command under the same id. */
  readonly commandDigest: string;
};

type Names<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> extends object ? Names<NonNullable<T[K]>> : 'value' };

/** The names in metadata, by which it is made again where they were flattened. */
export const METADATA_NAMES: Names<EventMetadata> = {
  schemaVersion: 'value',
  occurredOn: 'value',
  actor: { subject: 'value', role: 'value', state: 'value', body: 'value' },
  correlationId: 'value',
  causationId: 'value',
  commandId: 'value',
  commandDigest: 'value',
};

/** One step from the data of one schema version to the next. */
type Upcast = (data: object) => object;

/**
 * The schema version in which each type is written, and the steps that bring older data there.
 * An event is never rewritten: to change a type's shape, add a step and write the next version.
 */
const CATALOGUE: Record<EventType, readonly Upcast[]> = {
  AgendaOpened: [],
  ParticipationRecorded: [],
  AgendaClosed: [],
  BodyRegistered: [],
  BodyRenamed: [],
  BodyRetired: [],
  PriorityProposed: [],
  PriorityAmended: [],
  PriorityAgreed: [],
  PriorityAssigned: [],
  PriorityUnassigned: [],
  PriorityWithdrawn: [],
  CommitmentProposed: [],
  CommitmentAmended: [],
  CommitmentAgreed: [],
  CommitmentAssigned: [],
  CommitmentUnassigned: [],
  CommitmentRescheduled: [],
  MilestoneSet: [],
  MilestoneReached: [],
  CommitmentAssessed: [],
  CommitmentSuspended: [],
  CommitmentResumed: [],
  CommitmentClosed: [],
  CommitmentReopened: [],
  CommitmentCarriedOver: [],
  CommitmentWithdrawn: [],
  ProgressReported: [],
  ReportReturned: [],
  ReportCorrected: [],
  ReportAccepted: [],
  EditionDispatched: [],
  EditionDelivered: [],
  EditionDeliveryFailed: [],
  EditionAcknowledged: [],
  PositionStated: [],
};

export const EVENT_TYPES = Object.keys(CATALOGUE) as EventType[];

/** The version in which events of this type are written: 1, and one more for each step. */
export const schemaVersion = (type: EventType): number => CATALOGUE[type].length + 1;

/**
 * What was recorded, in the present shape of its type. `undefined` for a type that this release does not know:
 * readers pass over it, since history must always load.
 */
export function decode(recorded: { type: string; data: object; metadata: object }): Event | undefined {
  return decodeWith(CATALOGUE, recorded) as Event | undefined;
}

/** `decode` over any catalogue, so that upcasting can be specified before the first real step exists. */
export function decodeWith(
  catalogue: Readonly<Record<string, readonly Upcast[]>>,
  recorded: { type: string; data: object; metadata: object },
): { type: string; data: object } | undefined {
  if (!Object.hasOwn(catalogue, recorded.type)) return undefined;
  const written = (recorded.metadata as Partial<EventMetadata>).schemaVersion ?? 1;
  const steps = catalogue[recorded.type]!.slice(written - 1);
  return { type: recorded.type, data: steps.reduce((data, step) => step(data), recorded.data) };
}
