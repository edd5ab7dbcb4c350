import { wellFormedOnly } from '../fold.js';
import {
  decision,
  listOf,
  localisedText,
  oneOf,
  optional,
  date,
  record,
  reportingPeriod,
  text,
  type Shapes,
} from '../shape.js';
import type { CalendarDate, Decision, LocalisedText, ReportingPeriod, StateCode } from '../values.js';
import { PARTICIPATIONS, type AgendaLifecycle, type Participation } from '../vocabulary.js';
import type { AgendaEvent } from './events.js';

export type Agenda = {
  readonly id: string;
  readonly lifecycle: AgendaLifecycle;
  readonly organisation: string;
  readonly chair: StateCode;
  readonly title: LocalisedText;
  readonly term: { readonly from: CalendarDate; readonly to: CalendarDate };
  /** Of every member state, and of no other. */
  readonly participations: ReadonlyMap<StateCode, ParticipationOnRecord>;
  readonly reportingPeriods: ReadonlyMap<string, ReportingPeriod>;
  readonly closure?: { readonly decision: Decision; readonly reason?: string };
};

export type ParticipationOnRecord = {
  readonly participation: Participation;
  readonly note?: LocalisedText;
  readonly decision?: Decision;
};

/** `undefined` until it is opened. */
export type AgendaState = Agenda | undefined;

const SHAPES: Shapes<AgendaEvent> = {
  AgendaOpened: record({
    agendaId: text,
    organisation: text,
    chair: text,
    title: localisedText,
    term: record({ from: date, to: date }),
    memberStates: listOf(text),
    reportingPeriods: listOf(reportingPeriod),
  }),
  ParticipationRecorded: record({
    agendaId: text,
    state: text,
    participation: oneOf(PARTICIPATIONS),
    note: optional(localisedText),
    decision: optional(decision),
  }),
  AgendaClosed: record({ agendaId: text, decision, reason: optional(text) }),
};

export const evolveAgenda = wellFormedOnly<AgendaState, AgendaEvent>(SHAPES, (agenda, { type, data }) => {
  if (type === 'AgendaOpened') {
    if (agenda) return agenda;
    const { agendaId: id, organisation, chair, title, term, memberStates, reportingPeriods } = data;
    return {
      id,
      lifecycle: 'open',
      organisation,
      chair,
      title,
      term,
      participations: new Map(memberStates.map((state) => [state, { participation: 'participating' }])),
      reportingPeriods: new Map(reportingPeriods.map((period) => [period.id, period])),
    };
  }
  if (!agenda) return agenda;
  switch (type) {
    case 'ParticipationRecorded': {
      const { state, participation, note, decision } = data;
      if (!agenda.participations.has(state)) return agenda;
      const participations = new Map(agenda.participations).set(state, { participation, note, decision });
      return { ...agenda, participations };
    }
    case 'AgendaClosed':
      return { ...agenda, lifecycle: 'closed', closure: { decision: data.decision, reason: data.reason } };
  }
});
