import { describe, it } from '@jest/globals';
import { agendaDecider } from '../agenda/decider.js';
import { bodyDecider } from '../body/decider.js';
import { fold } from '../fold.js';
import {
  agendaClosed,
  agendaOpened,
  bodyRegistered,
  bodyRetired,
  decision,
  priorityProposed as proposed,
  priorityWithdrawn as withdrawn,
} from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { AssignmentRole } from '../vocabulary.js';
import type {
  AgreePriority,
  AmendPriority,
  AssignPriority,
  ProposePriority,
  UnassignPriority,
  WithdrawPriority,
} from './commands.js';
import { priorityDecider } from './decider.js';
import type { PriorityAgreed, PriorityAmended, PriorityAssigned, PriorityUnassigned } from './events.js';

const priorityId = 'csto-2024.4';
const agenda = fold(agendaDecider, [agendaOpened]);
const inOpenAgenda = { facts: { agenda } };
const inClosedAgenda = { facts: { agenda: fold(agendaDecider, [agendaOpened, agendaClosed]) } };
const inNoAgenda = { facts: { agenda: undefined } };
const toRegisteredBody = { facts: { agenda, body: fold(bodyDecider, [bodyRegistered]) } };
const toRetiredBody = { facts: { agenda, body: fold(bodyDecider, [bodyRegistered, bodyRetired]) } };

const propose: ProposePriority = { type: 'ProposePriority', data: proposed.data };
const amend = (given: Omit<AmendPriority['data'], 'priorityId'>): AmendPriority => ({
  type: 'AmendPriority',
  data: { priorityId, ...given },
});
const amended = (given: Omit<PriorityAmended['data'], 'priorityId'>): PriorityAmended => ({
  type: 'PriorityAmended',
  data: { priorityId, ...given },
});
const agree = (number: string): AgreePriority => ({
  type: 'AgreePriority',
  data: { priorityId, decision: decision(number) },
});
const agreed: PriorityAgreed = { type: 'PriorityAgreed', data: { priorityId, decision: decision('7') } };
const assign = (role: AssignmentRole): AssignPriority => ({
  type: 'AssignPriority',
  data: { priorityId, body: 'ksopn', role },
});
const assigned = (role: AssignmentRole): PriorityAssigned => ({
  type: 'PriorityAssigned',
  data: { priorityId, body: 'ksopn', role },
});
const unassign: UnassignPriority = { type: 'UnassignPriority', data: { priorityId, body: 'ksopn' } };
const unassigned: PriorityUnassigned = { type: 'PriorityUnassigned', data: { priorityId, body: 'ksopn' } };
const withdraw = (given: { number?: string; reason?: string } = {}): WithdrawPriority => ({
  type: 'WithdrawPriority',
  data: {
    priorityId,
    ...(given.reason && { reason: given.reason }),
    ...(given.number && { decision: decision(given.number) }),
  },
});

describe('A priority is proposed', () => {
  it('in an open agenda', () => given(priorityDecider).when(propose, inOpenAgenda).thenRecords(proposed));
  it('and never again under the same number', () =>
    given(priorityDecider, proposed).when(propose, inOpenAgenda).thenRejected('PRIORITY_ALREADY_PROPOSED'));
  it('nor after it was withdrawn', () =>
    given(priorityDecider, proposed, withdrawn).when(propose, inOpenAgenda).thenRejected('PRIORITY_ALREADY_PROPOSED'));
  it('in no agenda that was never opened', () =>
    given(priorityDecider).when(propose, inNoAgenda).thenRejected('AGENDA_UNKNOWN'));
  it('in no closed agenda', () => given(priorityDecider).when(propose, inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});

describe('A priority is amended', () => {
  const title = { ru: 'Новое название' };

  it('in the fields given', () =>
    given(priorityDecider, proposed).when(amend({ title }), inOpenAgenda).thenRecords(amended({ title })));
  it('in those alone that really change', () =>
    given(priorityDecider, proposed)
      .when(amend({ title, source: proposed.data.source, instruments: [], decision: decision('8') }), inOpenAgenda)
      .thenRecords(amended({ title, decision: decision('8') })));
  it('so that null takes a field away', () =>
    given(priorityDecider, proposed)
      .when(amend({ summary: null, source: null }), inOpenAgenda)
      .thenRecords(amended({ summary: null, source: null })));
  it('and to take away what is not there says nothing new', () =>
    given(priorityDecider, proposed, amended({ summary: null }))
      .when(amend({ summary: null }), inOpenAgenda)
      .thenNothing());
  it('and the same again says nothing new', () =>
    given(priorityDecider, proposed, amended({ title }))
      .when(amend({ title, decision: decision('8') }), inOpenAgenda)
      .thenNothing());
  it('when a translation alone goes', () => {
    const russianOnly = { ru: proposed.data.title.ru };
    given(priorityDecider, proposed)
      .when(amend({ title: russianOnly }), inOpenAgenda)
      .thenRecords(amended({ title: russianOnly }));
  });
  it('after it was agreed, too', () =>
    given(priorityDecider, proposed, agreed).when(amend({ title }), inOpenAgenda).thenRecords(amended({ title })));
  it('but not once it is withdrawn', () =>
    given(priorityDecider, proposed, withdrawn)
      .when(amend({ title }), inOpenAgenda)
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was proposed', () =>
    given(priorityDecider).when(amend({ title }), inNoAgenda).thenRejected('PRIORITY_UNKNOWN'));
  it('in no closed agenda', () =>
    given(priorityDecider, proposed).when(amend({ title }), inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});

describe('A priority is agreed', () => {
  it('under a decision', () => given(priorityDecider, proposed).when(agree('7'), inOpenAgenda).thenRecords(agreed));
  it('and again under the same decision, which says nothing new', () =>
    given(priorityDecider, proposed, agreed).when(agree('7'), inOpenAgenda).thenNothing());
  it('but not under another decision', () =>
    given(priorityDecider, proposed, agreed).when(agree('8'), inOpenAgenda).thenRejected('PRIORITY_ALREADY_AGREED'));
  it('nor once it is withdrawn', () =>
    given(priorityDecider, proposed, withdrawn).when(agree('7'), inOpenAgenda).thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was proposed', () =>
    given(priorityDecider).when(agree('7'), inOpenAgenda).thenRejected('PRIORITY_UNKNOWN'));
  it('in no closed agenda, not even again', () =>
    given(priorityDecider, proposed, agreed).when(agree('7'), inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});

describe('A priority is assigned', () => {
  it('to a registered body', () =>
    given(priorityDecider, proposed).when(assign('lead'), toRegisteredBody).thenRecords(assigned('lead')));
  it('in another role, which holds from then on', () =>
    given(priorityDecider, proposed, assigned('lead'))
      .when(assign('supporting'), toRegisteredBody)
      .thenRecords(assigned('supporting')));
  it('and the same again says nothing new', () =>
    given(priorityDecider, proposed, assigned('lead')).when(assign('lead'), toRegisteredBody).thenNothing());
  it('and the same again says nothing new after the body was retired', () =>
    given(priorityDecider, proposed, assigned('lead')).when(assign('lead'), toRetiredBody).thenNothing());
  it('anew after it was unassigned', () =>
    given(priorityDecider, proposed, assigned('lead'), unassigned)
      .when(assign('lead'), toRegisteredBody)
      .thenRecords(assigned('lead')));
  it('to no body that is not in the register', () =>
    given(priorityDecider, proposed).when(assign('lead'), inOpenAgenda).thenRejected('ASSIGNEE_UNKNOWN', '/body'));
  it('to no retired body', () =>
    given(priorityDecider, proposed).when(assign('lead'), toRetiredBody).thenRejected('BODY_RETIRED'));
  it('nor in another role to a body that retired since', () =>
    given(priorityDecider, proposed, assigned('lead'))
      .when(assign('supporting'), toRetiredBody)
      .thenRejected('BODY_RETIRED'));
  it('but not once it is withdrawn', () =>
    given(priorityDecider, proposed, withdrawn)
      .when(assign('lead'), toRegisteredBody)
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was proposed', () =>
    given(priorityDecider).when(assign('lead'), toRegisteredBody).thenRejected('PRIORITY_UNKNOWN'));
  it('in no closed agenda', () =>
    given(priorityDecider, proposed).when(assign('lead'), inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});

describe('A priority is unassigned', () => {
  it('from the body that carries it', () =>
    given(priorityDecider, proposed, assigned('lead')).when(unassign, inOpenAgenda).thenRecords(unassigned));
  it('and again, which says nothing new', () =>
    given(priorityDecider, proposed, assigned('lead'), unassigned).when(unassign, inOpenAgenda).thenNothing());
  it('but from no body that never carried it', () =>
    given(priorityDecider, proposed).when(unassign, inOpenAgenda).thenRejected('ASSIGNMENT_UNKNOWN'));
  it('nor once it is withdrawn', () =>
    given(priorityDecider, proposed, assigned('lead'), withdrawn)
      .when(unassign, inOpenAgenda)
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was proposed', () =>
    given(priorityDecider).when(unassign, inOpenAgenda).thenRejected('PRIORITY_UNKNOWN'));
  it('in no closed agenda', () =>
    given(priorityDecider, proposed, assigned('lead')).when(unassign, inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});

describe('A priority is withdrawn', () => {
  const underDecision = withdraw({ number: '9' });

  it('while it is proposed, without a decision', () =>
    given(priorityDecider, proposed).when(withdraw(), inOpenAgenda).thenRecords(withdrawn));
  it('after it was agreed, under a decision', () =>
    given(priorityDecider, proposed, agreed)
      .when(underDecision, inOpenAgenda)
      .thenRecords({ type: 'PriorityWithdrawn', data: underDecision.data }));
  it('but then not without one', () =>
    given(priorityDecider, proposed, agreed)
      .when(withdraw({ reason: 'Done' }), inOpenAgenda)
      .thenRejected('DECISION_REQUIRED', '/decision'));
  it('and the same again says nothing new', () =>
    given(priorityDecider, proposed, withdrawn).when(withdraw(), inOpenAgenda).thenNothing());
  it('but not again for another reason', () =>
    given(priorityDecider, proposed, withdrawn)
      .when(withdraw({ reason: 'Other' }), inOpenAgenda)
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was proposed', () =>
    given(priorityDecider).when(withdraw(), inOpenAgenda).thenRejected('PRIORITY_UNKNOWN'));
  it('in no closed agenda', () =>
    given(priorityDecider, proposed).when(withdraw(), inClosedAgenda).thenRejected('AGENDA_CLOSED'));
});
