import type { DomainEvent } from '../decider.js';
import type { CalendarDate, Decision, LocalisedText, ReportingPeriod, StateCode } from '../values.js';
import type { Participation } from '../vocabulary.js';

/** A chairmanship set out its agenda; every member state takes part until it is recorded otherwise. */
export type AgendaOpened = DomainEvent<
  'AgendaOpened',
  {
    agendaId: string;
    /** The intergovernmental body whose chair rotates. */
    organisation: string;
    /** The state in the chair. */
    chair: StateCode;
    title: LocalisedText;
    term: { from: CalendarDate; to: CalendarDate };
    memberStates: readonly StateCode[];
    reportingPeriods: readonly ReportingPeriod[];
  }
>;

/** Whether a member state takes part in the agenda from now on. */
export type ParticipationRecorded = DomainEvent<
  'ParticipationRecorded',
  { agendaId: string; state: StateCode; participation: Participation; note?: LocalisedText; decision?: Decision }
>;

/** The chairmanship ended; nothing under the agenda changes any more. */
export type AgendaClosed = DomainEvent<'AgendaClosed', { agendaId: string; decision: Decision; reason?: string }>;

export type AgendaEvent = AgendaOpened | ParticipationRecorded | AgendaClosed;
