import type { AgendaClosed, AgendaOpened } from '../agenda/events.js';
import type { BodyRegistered, BodyRetired } from '../body/events.js';
import type { CommitmentProposed } from '../commitment/events.js';
import type { PriorityProposed, PriorityWithdrawn } from '../priority/events.js';
import type { Actor, Decision } from '../values.js';

/** The first agenda in miniature, for specifications. */

export const CHAIR: Actor = { subject: 'chair-office', role: 'chair' };
export const SECRETARIAT: Actor = { subject: 'duty-officer', role: 'secretariat' };
export const liaisonOf = (state: string, subject = `${state}-liaison`): Actor => ({ subject, role: 'liaison', state });
export const focalPointOf = (body: string, subject = `${body}-focal-point`): Actor => ({ subject, role: 'body', body });

/** A decision of the Collective Security Council, told apart by its number. */
export const decision = (number: string): Decision => ({ body: 'skb', date: '2024-05-20', number });

export const agendaOpened: AgendaOpened = {
  type: 'AgendaOpened',
  data: {
    agendaId: 'csto-2024',
    organisation: 'ОДКБ',
    chair: 'KZ',
    title: { ru: 'Приоритеты председательства', en: 'Priorities of the chairmanship' },
    term: { from: '2024-01-01', to: '2024-12-31' },
    memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
    reportingPeriods: [
      { id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' },
      { id: '2024-Q2', from: '2024-04-01', to: '2024-06-30', due: '2024-07-15' },
    ],
  },
};

export const agendaClosed: AgendaClosed = {
  type: 'AgendaClosed',
  data: { agendaId: 'csto-2024', decision: decision('30') },
};

export const nextAgendaOpened: AgendaOpened = {
  type: 'AgendaOpened',
  data: {
    ...agendaOpened.data,
    agendaId: 'csto-2025',
    chair: 'KG',
    term: { from: '2025-01-01', to: '2025-12-31' },
    reportingPeriods: [],
  },
};

export const bodyRegistered: BodyRegistered = {
  type: 'BodyRegistered',
  data: { bodyId: 'ksopn', names: { ru: 'КСОПН', en: 'Coordination Council' }, kind: 'council' },
};

export const bodyRetired: BodyRetired = { type: 'BodyRetired', data: { bodyId: 'ksopn', reason: 'Merged' } };

export const priorityProposed: PriorityProposed = {
  type: 'PriorityProposed',
  data: {
    priorityId: 'csto-2024.4',
    agendaId: 'csto-2024',
    number: 4,
    title: { ru: 'Противодействие незаконному обороту наркотиков', en: 'Countering illicit drugs' },
    summary: { ru: 'Совместные мероприятия' },
    source: 'Послание, 2024',
  },
};

export const priorityWithdrawn: PriorityWithdrawn = { type: 'PriorityWithdrawn', data: { priorityId: 'csto-2024.4' } };

export const commitmentProposed: CommitmentProposed = {
  type: 'CommitmentProposed',
  data: {
    commitmentId: 'csto-2024.4.1',
    priorityId: 'csto-2024.4',
    agendaId: 'csto-2024',
    number: 1,
    text: { ru: 'Повысить эффективность совместных мероприятий', en: 'Raise the effectiveness of joint activities' },
    due: '2024-09-30',
  },
};
