import { reject, type RejectionCode } from '../rejection.js';
import { OUTCOMES, type CommitmentLifecycle } from '../vocabulary.js';
import type { Commitment } from './state.js';

export const CLOSED: readonly CommitmentLifecycle[] = [...OUTCOMES, 'carried-over'];
export const UNDER_WAY: readonly CommitmentLifecycle[] = ['proposed', 'agreed', 'suspended'];
/** Where there is something to judge: once agreed, whatever became of it, unless it was withdrawn. */
export const ASSESSABLE: readonly CommitmentLifecycle[] = ['agreed', 'suspended', ...CLOSED];

/** What stands in the way of a command that cannot be given in this lifecycle. */
const OBSTACLES: Record<CommitmentLifecycle, RejectionCode> = {
  proposed: 'COMMITMENT_NOT_AGREED',
  agreed: 'COMMITMENT_ALREADY_AGREED',
  suspended: 'COMMITMENT_SUSPENDED',
  fulfilled: 'COMMITMENT_CLOSED',
  'partly-fulfilled': 'COMMITMENT_CLOSED',
  'not-fulfilled': 'COMMITMENT_CLOSED',
  'carried-over': 'COMMITMENT_CLOSED',
  withdrawn: 'COMMITMENT_WITHDRAWN',
};

/**
 * @param missing the code where the command asks for a lifecycle that is not this one; a withdrawn one is always told apart
 * @throws {DomainRejection} `missing`, or the obstacle's own code
 */
export function requireLifecycle(
  { id, lifecycle }: Commitment,
  allowed: readonly CommitmentLifecycle[],
  missing: RejectionCode = OBSTACLES[lifecycle],
): void {
  if (allowed.includes(lifecycle)) return;
  reject(lifecycle === 'withdrawn' ? 'COMMITMENT_WITHDRAWN' : missing, `${id} is ${lifecycle}.`);
}

/** @throws {DomainRejection} COMMITMENT_CLOSED, COMMITMENT_WITHDRAWN */
export const requireUnderWay = (commitment: Commitment): void => requireLifecycle(commitment, UNDER_WAY);
