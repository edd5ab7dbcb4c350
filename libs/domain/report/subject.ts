import * as commitmentLifecycle from '../commitment/lifecycle.js';
import type { Commitment, CommitmentState } from '../commitment/state.js';
import { priorityOf, subjectKind } from '../identifiers.js';
import { requireKnownPriority, requireStanding } from '../priority/decider.js';
import type { Priority, PriorityState } from '../priority/state.js';
import { reject } from '../rejection.js';

/** What a report is about: a priority, or a commitment under one. */
export type Subject = {
  readonly id: string;
  readonly textVersion: number;
  readonly priority: Priority;
  readonly commitment?: Commitment;
};

/** @throws {DomainRejection} PRIORITY_UNKNOWN, COMMITMENT_UNKNOWN */
export function requireSubject(id: string, facts: { priority: PriorityState; commitment?: CommitmentState }): Subject {
  if (subjectKind(id) === 'priority') {
    const priority = requireKnownPriority(facts.priority, id);
    return { id, textVersion: priority.textVersion, priority };
  }
  const commitment = facts.commitment ?? reject('COMMITMENT_UNKNOWN', `${id} was never proposed.`);
  return {
    id,
    textVersion: commitment.textVersion,
    priority: requireKnownPriority(facts.priority, priorityOf(id)),
    commitment,
  };
}

/**
 * Only what is under way is reported on.
 * @throws {DomainRejection} PRIORITY_WITHDRAWN, COMMITMENT_CLOSED, COMMITMENT_WITHDRAWN
 */
export function requireUnderWay({ priority, commitment }: Subject): void {
  requireStanding(priority);
  if (commitment) commitmentLifecycle.requireUnderWay(commitment);
}

/**
 * The last reports on a commitment may be accepted after it was closed; on something withdrawn nothing is.
 * @throws {DomainRejection} PRIORITY_WITHDRAWN, COMMITMENT_WITHDRAWN
 */
export function requireNotWithdrawn({ priority, commitment }: Subject): void {
  requireStanding(priority);
  if (commitment?.lifecycle === 'withdrawn') reject('COMMITMENT_WITHDRAWN', `${commitment.id} is withdrawn.`);
}
