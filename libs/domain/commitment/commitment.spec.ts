import { describe, it } from '@jest/globals';
import { fold } from '../fold.js';
import { decision } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import { commitmentDecider } from './decider.js';
import type { CommitmentEvent } from './events.js';
import {
  agreed,
  carriedOver,
  command,
  comingFrom,
  event,
  fulfilled,
  inClosedAgenda,
  inOpenAgenda,
  proposed,
  reopened,
  toRegisteredBody,
  toRetiredBody,
  underNoPriority,
  underWithdrawnPriority,
  withdrawn,
} from './testing/minutes.js';

const commitment = (...happened: readonly CommitmentEvent[]) => given(commitmentDecider, ...happened);

/** What happened to the commitment of the earlier agenda. */
const goingOnWith = (...happened: readonly CommitmentEvent[]) => comingFrom(fold(commitmentDecider, happened));
const reschedule = (due: string, reason: string) => command('RescheduleCommitment', { due, reason });

describe('A commitment is proposed', () => {
  const propose = { type: 'ProposeCommitment', data: proposed.data } as const;

  it('under a priority', () => commitment().when(propose, inOpenAgenda).thenRecords(proposed));
  it('and never again under the same number', () =>
    commitment(proposed).when(propose, inOpenAgenda).thenRejected('COMMITMENT_ALREADY_PROPOSED'));
  it('nor after it was withdrawn', () =>
    commitment(proposed, withdrawn).when(propose, inOpenAgenda).thenRejected('COMMITMENT_ALREADY_PROPOSED'));
  it('under no priority that was never proposed', () =>
    commitment().when(propose, underNoPriority).thenRejected('PRIORITY_UNKNOWN'));
  it('under no withdrawn priority', () =>
    commitment().when(propose, underWithdrawnPriority).thenRejected('PRIORITY_WITHDRAWN'));
  it('in no closed agenda', () => commitment().when(propose, inClosedAgenda).thenRejected('AGENDA_CLOSED'));

  describe('as going on with one of an earlier agenda', () => {
    const data = {
      ...proposed.data,
      commitmentId: 'csto-2025.2.1',
      agendaId: 'csto-2025',
      carriedOverFrom: 'csto-2024.4.1',
    };
    const goOn = { type: 'ProposeCommitment', data } as const;

    it('that was carried over here', () =>
      commitment()
        .when(goOn, goingOnWith(proposed, agreed, carriedOver))
        .thenRecords({ type: 'CommitmentProposed', data }));
    it('that is to be carried over here later', () =>
      commitment().when(goOn, goingOnWith(proposed, agreed)).thenRecords({ type: 'CommitmentProposed', data }));
    it('that was reopened since it was carried over elsewhere', () => {
      const elsewhere = event('CommitmentCarriedOver', { to: 'csto-2026.1.1', decision: decision('12') });
      commitment()
        .when(goOn, goingOnWith(proposed, agreed, elsewhere, reopened))
        .thenRecords({ type: 'CommitmentProposed', data });
    });
    it('that is known', () =>
      commitment().when(goOn, goingOnWith()).thenRejected('LINEAGE_UNKNOWN', '/carriedOverFrom'));
    it('that was not carried over elsewhere', () => {
      const elsewhere = event('CommitmentCarriedOver', { to: 'csto-2026.1.1', decision: decision('12') });
      commitment()
        .when(goOn, goingOnWith(proposed, agreed, elsewhere))
        .thenRejected('LINEAGE_INVALID', '/carriedOverFrom');
    });
    it('and of another agenda than its own', () => {
      const sibling = { ...goOn, data: { ...data, agendaId: 'csto-2024' } };
      commitment().when(sibling, goingOnWith(proposed, agreed)).thenRejected('LINEAGE_INVALID', '/carriedOverFrom');
    });
  });
});

describe('A commitment is amended', () => {
  const text = { ru: 'Новый текст' };
  const amend = command('AmendCommitment', { text, decision: decision('8') });
  const amended = event('CommitmentAmended', { text, decision: decision('8') });

  it('in the fields given', () => commitment(proposed).when(amend, inOpenAgenda).thenRecords(amended));
  it('in those alone that really change', () =>
    commitment(proposed)
      .when(command('AmendCommitment', { text: proposed.data.text, source: 'Послание' }), inOpenAgenda)
      .thenRecords(event('CommitmentAmended', { source: 'Послание' })));
  it('so that null takes a field away', () =>
    commitment(proposed, event('CommitmentAmended', { source: 'Послание' }))
      .when(command('AmendCommitment', { source: null }), inOpenAgenda)
      .thenRecords(event('CommitmentAmended', { source: null })));
  it('and the same again says nothing new', () =>
    commitment(proposed, amended).when(amend, inOpenAgenda).thenNothing());
  it('after it was reopened, too', () =>
    commitment(proposed, agreed, fulfilled, reopened).when(amend, inOpenAgenda).thenRecords(amended));
});

describe('A commitment is assigned', () => {
  const assign = command('AssignCommitment', { body: 'ksopn', role: 'lead' });
  const assigned = event('CommitmentAssigned', { body: 'ksopn', role: 'lead' });
  const support = command('AssignCommitment', { body: 'ksopn', role: 'supporting' });
  const supported = event('CommitmentAssigned', { body: 'ksopn', role: 'supporting' });
  const unassign = command('UnassignCommitment', { body: 'ksopn' });
  const unassigned = event('CommitmentUnassigned', { body: 'ksopn' });

  it('to a registered body', () => commitment(proposed).when(assign, toRegisteredBody).thenRecords(assigned));
  it('in another role, which holds from then on', () =>
    commitment(proposed, assigned).when(support, toRegisteredBody).thenRecords(supported));
  it('and the same again says nothing new, even of a body retired since', () =>
    commitment(proposed, assigned).when(assign, toRetiredBody).thenNothing());
  it('to no body that is not in the register', () =>
    commitment(proposed).when(assign, inOpenAgenda).thenRejected('ASSIGNEE_UNKNOWN', '/body'));
  it('to no retired body', () => commitment(proposed).when(assign, toRetiredBody).thenRejected('BODY_RETIRED'));

  it('and unassigned', () => commitment(proposed, assigned).when(unassign, inOpenAgenda).thenRecords(unassigned));
  it('and unassigned again, which says nothing new', () =>
    commitment(proposed, assigned, unassigned).when(unassign, inOpenAgenda).thenNothing());
  it('and assigned anew, and then unassigned anew', () =>
    commitment(proposed, assigned, unassigned, assigned).when(unassign, inOpenAgenda).thenRecords(unassigned));
  it('but unassigned from no body that never carried it', () =>
    commitment(proposed).when(unassign, inOpenAgenda).thenRejected('ASSIGNMENT_UNKNOWN'));
});

describe('A commitment is rescheduled', () => {
  it('to another day, for a reason', () =>
    commitment(proposed)
      .when(reschedule('2024-12-15', 'Ratification takes longer'), inOpenAgenda)
      .thenRecords(event('CommitmentRescheduled', { due: '2024-12-15', reason: 'Ratification takes longer' })));
  it('and to the day on which it is due already says nothing new', () =>
    commitment(proposed).when(reschedule('2024-09-30', 'Said again'), inOpenAgenda).thenNothing());
});

describe('A milestone', () => {
  const title = { ru: 'Проект договора' };
  const set = (due: string) => command('SetMilestone', { milestoneId: 'treaty', title, due });
  const wasSet = event('MilestoneSet', { milestoneId: 'treaty', title, due: '2024-06-30' });
  const reach = command('ReachMilestone', { milestoneId: 'treaty' });
  const wasReached = event('MilestoneReached', { milestoneId: 'treaty' });

  it('is set', () => commitment(proposed).when(set('2024-06-30'), inOpenAgenda).thenRecords(wasSet));
  it('is set anew', () =>
    commitment(proposed, wasSet)
      .when(set('2024-07-31'), inOpenAgenda)
      .thenRecords(event('MilestoneSet', { milestoneId: 'treaty', title, due: '2024-07-31' })));
  it('is set again, which says nothing new', () =>
    commitment(proposed, wasSet).when(set('2024-06-30'), inOpenAgenda).thenNothing());
  it('is reached', () => commitment(proposed, wasSet).when(reach, inOpenAgenda).thenRecords(wasReached));
  it('is reached again, which says nothing new', () =>
    commitment(proposed, wasSet, wasReached).when(reach, inOpenAgenda).thenNothing());
  it('is not reached unless it was set', () =>
    commitment(proposed).when(reach, inOpenAgenda).thenRejected('MILESTONE_UNKNOWN'));
  it('is not set anew once it is reached', () =>
    commitment(proposed, wasSet, wasReached).when(set('2024-07-31'), inOpenAgenda).thenRejected('MILESTONE_REACHED'));
  it('is set again as it was once it is reached, which says nothing new', () =>
    commitment(proposed, wasSet, wasReached).when(set('2024-06-30'), inOpenAgenda).thenNothing());
});

describe('A commitment is assessed', () => {
  const judgement = {
    grade: 'substantial',
    rationale: 'Four of six states have acceded',
    rubricVersion: '2024-1',
  } as const;
  const assess = command('AssessCommitment', judgement);
  const assessed = event('CommitmentAssessed', judgement);

  it('once it is agreed', () => commitment(proposed, agreed).when(assess, inOpenAgenda).thenRecords(assessed));
  it('and the same again says nothing new', () =>
    commitment(proposed, agreed, assessed).when(assess, inOpenAgenda).thenNothing());
  it('anew by another version of the rubric', () => {
    const other = { ...judgement, rubricVersion: '2024-2' };
    commitment(proposed, agreed, assessed)
      .when(command('AssessCommitment', other), inOpenAgenda)
      .thenRecords(event('CommitmentAssessed', other));
  });
});
