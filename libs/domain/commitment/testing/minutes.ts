import { agendaDecider } from '../../agenda/decider.js';
import { bodyDecider } from '../../body/decider.js';
import { fold } from '../../fold.js';
import { priorityDecider } from '../../priority/decider.js';
import {
  agendaClosed,
  agendaOpened,
  bodyRegistered,
  bodyRetired,
  commitmentProposed,
  decision,
  nextAgendaOpened,
  priorityProposed,
  priorityWithdrawn,
} from '../../testing/csto-2024.js';
import type { CommitmentCommand } from '../commands.js';
import type { CommitmentFacts } from '../decider.js';
import type { CommitmentEvent } from '../events.js';
import type { CommitmentState } from '../state.js';

export const commitmentId = 'csto-2024.4.1';

type Of<Union extends { type: string; data: object }, Type> = Omit<
  Extract<Union, { type: Type }>['data'],
  'commitmentId'
>;

export const command = <Type extends CommitmentCommand['type']>(
  type: Type,
  data: Of<CommitmentCommand, Type>,
): CommitmentCommand => ({ type, data: { commitmentId, ...data } }) as unknown as CommitmentCommand;
export const event = <Type extends CommitmentEvent['type']>(
  type: Type,
  data: Of<CommitmentEvent, Type>,
): CommitmentEvent => ({ type, data: { commitmentId, ...data } }) as unknown as CommitmentEvent;

const agenda = fold(agendaDecider, [agendaOpened]);
const closedAgenda = fold(agendaDecider, [agendaOpened, agendaClosed]);
const nextAgenda = fold(agendaDecider, [nextAgendaOpened]);
const priority = fold(priorityDecider, [priorityProposed]);
const inPlace: CommitmentFacts = { agenda, priority };

export const inOpenAgenda = { facts: inPlace };
export const inClosedAgenda = { facts: { agenda: closedAgenda, priority } };
export const underNoPriority = { facts: { agenda, priority: undefined } };
export const underWithdrawnPriority = {
  facts: { agenda, priority: fold(priorityDecider, [priorityProposed, priorityWithdrawn]) },
};
export const toRegisteredBody = { facts: { ...inPlace, body: fold(bodyDecider, [bodyRegistered]) } };
export const toRetiredBody = { facts: { ...inPlace, body: fold(bodyDecider, [bodyRegistered, bodyRetired]) } };
export const toNextAgenda = { facts: { ...inPlace, targetAgenda: nextAgenda } };
export const toClosedAgenda = { facts: { ...inPlace, targetAgenda: closedAgenda } };
export const comingFrom = (predecessor: CommitmentState) => ({ facts: { agenda: nextAgenda, priority, predecessor } });

export const proposed = commitmentProposed;
export const agreed = event('CommitmentAgreed', { decision: decision('7') });
export const suspended = event('CommitmentSuspended', { decision: decision('8') });
export const resumed = event('CommitmentResumed', { decision: decision('9') });
export const fulfilled = event('CommitmentClosed', { outcome: 'fulfilled', decision: decision('10') });
export const reopened = event('CommitmentReopened', { decision: decision('11') });
export const carriedOver = event('CommitmentCarriedOver', { to: 'csto-2025.2.1', decision: decision('12') });
export const withdrawn = event('CommitmentWithdrawn', { reason: 'Out of date' });
