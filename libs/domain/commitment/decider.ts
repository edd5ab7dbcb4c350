import { requireOpenAgenda } from '../agenda/decider.js';
import type { AgendaState } from '../agenda/state.js';
import { realChanges } from '../amendment.js';
import { requireOnceAssigned } from '../assignment.js';
import { requireAssignable } from '../body/decider.js';
import type { BodyState } from '../body/state.js';
import type { Decider } from '../decider.js';
import { requireKnownPriority, requireStanding } from '../priority/decider.js';
import type { PriorityState } from '../priority/state.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { CommitmentCommand } from './commands.js';
import type { CommitmentEvent } from './events.js';
import { ASSESSABLE, CLOSED, requireLifecycle, requireUnderWay } from './lifecycle.js';
import { requireLineage, requireTarget } from './lineage.js';
import { evolveCommitment, type CommitmentState } from './state.js';

export type CommitmentFacts = {
  readonly agenda: AgendaState;
  readonly priority: PriorityState;
  /** The body to be assigned: of AssignCommitment alone. */
  readonly body?: BodyState;
  /** The agenda that is to take the commitment up: of CarryOverCommitment alone. */
  readonly targetAgenda?: AgendaState;
  /** The commitment that this one goes on with: of ProposeCommitment alone. */
  readonly predecessor?: CommitmentState;
};

export const commitmentDecider: Decider<CommitmentState, CommitmentCommand, CommitmentEvent, CommitmentFacts> = {
  initial: undefined,
  evolve: evolveCommitment,
  decide(state, { type, data }, facts) {
    if (type === 'ProposeCommitment') {
      requirePlace(facts, data.priorityId);
      if (state) reject('COMMITMENT_ALREADY_PROPOSED', `${state.id} was proposed already.`);
      if (data.carriedOverFrom !== undefined) requireLineage(facts.predecessor, data.carriedOverFrom, data);
      return [{ type: 'CommitmentProposed', data }];
    }
    const commitment = state ?? reject('COMMITMENT_UNKNOWN', `${data.commitmentId} was never proposed.`);
    requirePlace(facts, commitment.priorityId);
    const settle = unlessSaid(evolveCommitment, state);
    const underWay = () => requireUnderWay(commitment);
    switch (type) {
      case 'AmendCommitment': {
        const { commitmentId, decision, ...given } = data;
        const changes = realChanges(commitment, given);
        return settle({ type: 'CommitmentAmended', data: { commitmentId, ...changes, decision } }, underWay);
      }
      case 'AgreeCommitment':
        return settle({ type: 'CommitmentAgreed', data }, () => requireLifecycle(commitment, ['proposed']));
      case 'AssignCommitment':
        return settle({ type: 'CommitmentAssigned', data }, () => {
          underWay();
          requireAssignable(facts.body, data.body);
        });
      case 'UnassignCommitment':
        requireOnceAssigned(commitment, data.body);
        return settle({ type: 'CommitmentUnassigned', data }, underWay);
      case 'RescheduleCommitment':
        return settle({ type: 'CommitmentRescheduled', data }, underWay);
      case 'SetMilestone':
        return settle({ type: 'MilestoneSet', data }, () => {
          underWay();
          if (commitment.milestones.get(data.milestoneId)?.reached) {
            reject('MILESTONE_REACHED', `${data.milestoneId} was reached; it stays as it was.`);
          }
        });
      case 'ReachMilestone':
        if (!commitment.milestones.has(data.milestoneId)) {
          reject('MILESTONE_UNKNOWN', `${commitment.id} has no milestone ${data.milestoneId}.`);
        }
        return settle({ type: 'MilestoneReached', data }, underWay);
      case 'AssessCommitment':
        return settle({ type: 'CommitmentAssessed', data }, () => requireLifecycle(commitment, ASSESSABLE));
      case 'SuspendCommitment':
        return settle({ type: 'CommitmentSuspended', data }, () => requireLifecycle(commitment, ['agreed']));
      case 'ResumeCommitment':
        return settle({ type: 'CommitmentResumed', data }, () =>
          requireLifecycle(commitment, ['suspended'], 'COMMITMENT_NOT_SUSPENDED'),
        );
      case 'CloseCommitment':
        return settle({ type: 'CommitmentClosed', data }, () => requireLifecycle(commitment, ['agreed']));
      case 'ReopenCommitment':
        return settle({ type: 'CommitmentReopened', data }, () =>
          requireLifecycle(commitment, CLOSED, 'COMMITMENT_NOT_CLOSED'),
        );
      case 'CarryOverCommitment':
        return settle({ type: 'CommitmentCarriedOver', data }, () => {
          requireLifecycle(commitment, ['agreed']);
          requireTarget(commitment, data.to, facts.targetAgenda);
        });
      case 'WithdrawCommitment':
        return settle({ type: 'CommitmentWithdrawn', data }, () => {
          underWay();
          if (commitment.lifecycle !== 'proposed' && !data.decision) {
            reject('DECISION_REQUIRED', `${commitment.id} was agreed; it is withdrawn under a decision.`, '/decision');
          }
        });
    }
  },
};

/** Commitments change in an open agenda, under a priority that was not withdrawn. */
function requirePlace({ agenda, priority }: CommitmentFacts, priorityId: string): void {
  const known = requireKnownPriority(priority, priorityId);
  requireOpenAgenda(agenda);
  requireStanding(known);
}
