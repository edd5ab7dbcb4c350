import type { DomainEvent } from '../decider.js';
import type { Decision, Instrument, LocalisedText } from '../values.js';
import type { AssignmentRole } from '../vocabulary.js';

/** The chair put a numbered theme on the agenda. */
export type PriorityProposed = DomainEvent<
  'PriorityProposed',
  {
    priorityId: string;
    agendaId: string;
    number: number;
    title: LocalisedText;
    summary?: LocalisedText;
    instruments?: readonly Instrument[];
    /** Where it was said: a reference or an address. */
    source?: string;
  }
>;

/** The fields given have these values from now on; null says that the field has none any more. */
export type PriorityAmended = DomainEvent<
  'PriorityAmended',
  {
    priorityId: string;
    title?: LocalisedText;
    summary?: LocalisedText | null;
    instruments?: readonly Instrument[];
    source?: string | null;
    decision?: Decision;
  }
>;

/** The member states agreed to the priority. */
export type PriorityAgreed = DomainEvent<'PriorityAgreed', { priorityId: string; decision: Decision }>;

/** A body carries the priority, as lead or in support. Said again, the later role holds. */
export type PriorityAssigned = DomainEvent<
  'PriorityAssigned',
  { priorityId: string; body: string; role: AssignmentRole }
>;

/** The body no longer carries the priority. */
export type PriorityUnassigned = DomainEvent<'PriorityUnassigned', { priorityId: string; body: string }>;

/** The priority left the agenda. A decision is cited where it had been agreed. */
export type PriorityWithdrawn = DomainEvent<
  'PriorityWithdrawn',
  { priorityId: string; reason?: string; decision?: Decision }
>;

export type PriorityEvent =
  PriorityProposed | PriorityAmended | PriorityAgreed | PriorityAssigned | PriorityUnassigned | PriorityWithdrawn;
