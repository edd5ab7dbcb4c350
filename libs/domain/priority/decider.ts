import { requireOpenAgenda } from '../agenda/decider.js';
import type { AgendaState } from '../agenda/state.js';
import { realChanges } from '../amendment.js';
import { requireOnceAssigned } from '../assignment.js';
import { requireAssignable } from '../body/decider.js';
import type { BodyState } from '../body/state.js';
import type { Decider } from '../decider.js';
import { reject } from '../rejection.js';
import { unlessSaid } from '../repeat.js';
import type { PriorityCommand } from './commands.js';
import type { PriorityEvent } from './events.js';
import { evolvePriority, type Priority, type PriorityState } from './state.js';

export type PriorityFacts = {
  readonly agenda: AgendaState;
  /** The body to be assigned: of AssignPriority alone. */
  readonly body?: BodyState;
};

export const priorityDecider: Decider<PriorityState, PriorityCommand, PriorityEvent, PriorityFacts> = {
  initial: undefined,
  evolve: evolvePriority,
  decide(state, { type, data }, facts) {
    if (type === 'ProposePriority') {
      requireOpenAgenda(facts.agenda);
      if (state) reject('PRIORITY_ALREADY_PROPOSED', `${state.id} was proposed already.`);
      return [{ type: 'PriorityProposed', data }];
    }
    const priority = requireKnownPriority(state, data.priorityId);
    requireOpenAgenda(facts.agenda);
    const settle = unlessSaid(evolvePriority, state);
    const standing = () => requireStanding(priority);
    switch (type) {
      case 'AmendPriority': {
        const { priorityId, decision, ...given } = data;
        return settle(
          { type: 'PriorityAmended', data: { priorityId, ...realChanges(priority, given), decision } },
          standing,
        );
      }
      case 'AgreePriority':
        return settle({ type: 'PriorityAgreed', data }, () => {
          standing();
          if (priority.lifecycle === 'agreed')
            reject('PRIORITY_ALREADY_AGREED', `${priority.id} was agreed under another decision.`);
        });
      case 'AssignPriority':
        return settle({ type: 'PriorityAssigned', data }, () => {
          standing();
          requireAssignable(facts.body, data.body);
        });
      case 'UnassignPriority':
        requireOnceAssigned(priority, data.body);
        return settle({ type: 'PriorityUnassigned', data }, standing);
      case 'WithdrawPriority':
        return settle({ type: 'PriorityWithdrawn', data }, () => {
          standing();
          if (priority.lifecycle === 'agreed' && !data.decision) {
            reject('DECISION_REQUIRED', `${priority.id} was agreed; it is withdrawn under a decision.`, '/decision');
          }
        });
    }
  },
};

/** @throws {DomainRejection} PRIORITY_UNKNOWN */
export const requireKnownPriority = (state: PriorityState, id: string): Priority =>
  state ?? reject('PRIORITY_UNKNOWN', `${id} was never proposed.`);

/** @throws {DomainRejection} PRIORITY_WITHDRAWN */
export function requireStanding(priority: Priority): void {
  if (priority.lifecycle === 'withdrawn') reject('PRIORITY_WITHDRAWN', `${priority.id} is withdrawn.`);
}
