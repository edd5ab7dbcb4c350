import type { DomainEvent } from '../decider.js';
import type { CalendarDate, Decision, Instrument, LocalisedText } from '../values.js';
import type { AssignmentRole, Grade, Outcome } from '../vocabulary.js';

/** A verifiable promise was put under a priority. */
export type CommitmentProposed = DomainEvent<
  'CommitmentProposed',
  {
    commitmentId: string;
    priorityId: string;
    agendaId: string;
    number: number;
    text: LocalisedText;
    due?: CalendarDate;
    instruments?: readonly Instrument[];
    source?: string;
    /** The commitment of an earlier agenda that this one goes on with. */
    carriedOverFrom?: string;
  }
>;

/** The fields given have these values from now on; null says that the field has none any more. */
export type CommitmentAmended = DomainEvent<
  'CommitmentAmended',
  {
    commitmentId: string;
    text?: LocalisedText;
    instruments?: readonly Instrument[];
    source?: string | null;
    decision?: Decision;
  }
>;

/** The member states agreed to the commitment. */
export type CommitmentAgreed = DomainEvent<'CommitmentAgreed', { commitmentId: string; decision: Decision }>;

/** A body carries the commitment, as lead or in support. Said again, the later role holds. */
export type CommitmentAssigned = DomainEvent<
  'CommitmentAssigned',
  { commitmentId: string; body: string; role: AssignmentRole }
>;

/** The body no longer carries the commitment. */
export type CommitmentUnassigned = DomainEvent<'CommitmentUnassigned', { commitmentId: string; body: string }>;

/** The due date moved, and why. */
export type CommitmentRescheduled = DomainEvent<
  'CommitmentRescheduled',
  { commitmentId: string; due: CalendarDate; reason: string; decision?: Decision }
>;

/** A dated checkpoint was set, or set anew. */
export type MilestoneSet = DomainEvent<
  'MilestoneSet',
  { commitmentId: string; milestoneId: string; title: LocalisedText; due: CalendarDate }
>;

/** The checkpoint was reached, on the day the event occurred. */
export type MilestoneReached = DomainEvent<'MilestoneReached', { commitmentId: string; milestoneId: string }>;

/** The Secretariat's own judgement, by a named version of its rubric. It never overwrites a self-report. */
export type CommitmentAssessed = DomainEvent<
  'CommitmentAssessed',
  { commitmentId: string; grade: Grade; rationale: string; rubricVersion: string }
>;

/** Work on the commitment was put on hold by a decision. */
export type CommitmentSuspended = DomainEvent<
  'CommitmentSuspended',
  { commitmentId: string; decision: Decision; reason?: string }
>;

/** A suspended commitment is in force again. */
export type CommitmentResumed = DomainEvent<
  'CommitmentResumed',
  { commitmentId: string; decision: Decision; reason?: string }
>;

/** What the commitment came to was decided. */
export type CommitmentClosed = DomainEvent<
  'CommitmentClosed',
  { commitmentId: string; outcome: Outcome; decision: Decision; reason?: string }
>;

/** A closed commitment is in force again. */
export type CommitmentReopened = DomainEvent<
  'CommitmentReopened',
  { commitmentId: string; decision: Decision; reason?: string }
>;

/** The commitment goes on as another agenda's commitment. */
export type CommitmentCarriedOver = DomainEvent<
  'CommitmentCarriedOver',
  {
    commitmentId: string;
    /** The id it has, or will have, in the agenda that takes it up. */
    to: string;
    decision: Decision;
    reason?: string;
  }
>;

/** The commitment left the agenda. A decision is cited where it had been agreed. */
export type CommitmentWithdrawn = DomainEvent<
  'CommitmentWithdrawn',
  { commitmentId: string; reason?: string; decision?: Decision }
>;

export type CommitmentEvent =
  | CommitmentProposed
  | CommitmentAmended
  | CommitmentAgreed
  | CommitmentAssigned
  | CommitmentUnassigned
  | CommitmentRescheduled
  | MilestoneSet
  | MilestoneReached
  | CommitmentAssessed
  | CommitmentSuspended
  | CommitmentResumed
  | CommitmentClosed
  | CommitmentReopened
  | CommitmentCarriedOver
  | CommitmentWithdrawn;
