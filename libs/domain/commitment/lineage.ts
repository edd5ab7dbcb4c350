import type { AgendaState } from '../agenda/state.js';
import { agendaOf, COMMITMENT_ID_PATTERN } from '../identifiers.js';
import { reject } from '../rejection.js';
import type { Commitment, CommitmentState } from './state.js';

/**
 * A commitment goes on with one of another agenda, which was not carried over to anywhere else.
 * The two ends may be recorded in either order: the target id is named before or after it is proposed.
 * @throws {DomainRejection} LINEAGE_UNKNOWN, LINEAGE_INVALID
 */
export function requireLineage(
  predecessor: CommitmentState,
  from: string,
  heir: { readonly commitmentId: string; readonly agendaId: string },
): void {
  const field = '/carriedOverFrom';
  if (!predecessor) reject('LINEAGE_UNKNOWN', `${from} was never proposed.`, field);
  if (predecessor.agendaId === heir.agendaId) reject('LINEAGE_INVALID', `${from} is of the same agenda.`, field);
  if (predecessor.lifecycle === 'carried-over' && predecessor.carryOver?.to !== heir.commitmentId) {
    reject('LINEAGE_INVALID', `${from} was carried over to ${predecessor.carryOver?.to}.`, field);
  }
}

/**
 * A commitment is carried over to a commitment id of another agenda that is known and open.
 * @throws {DomainRejection} CARRY_OVER_TARGET_INVALID
 */
export function requireTarget(commitment: Commitment, to: string, target: AgendaState): void {
  const unfit = (why: string) => reject('CARRY_OVER_TARGET_INVALID', `${to}: ${why}`, '/to');
  if (!COMMITMENT_ID_PATTERN.test(to)) unfit('this is not the id of a commitment.');
  if (agendaOf(to) === commitment.agendaId) unfit('a commitment is carried over to another agenda.');
  if (!target) unfit('its agenda was never opened.');
  else if (target.lifecycle === 'closed') unfit('its agenda is closed.');
}
