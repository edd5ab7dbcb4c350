import type { Command } from './commands.js';
import { reject } from './rejection.js';
import type { Actor } from './values.js';
import type { ActorRole } from './vocabulary.js';

/** Which roles may issue which command. What depends on a thing's state (whose report, whose assignment) its decider says. */
export const MAY_ISSUE = {
  OpenAgenda: ['chair'],
  RecordParticipation: ['secretariat'],
  CloseAgenda: ['chair'],
  RegisterBody: ['secretariat'],
  RenameBody: ['secretariat'],
  RetireBody: ['secretariat'],
  ProposePriority: ['chair'],
  AmendPriority: ['chair'],
  AgreePriority: ['secretariat'],
  AssignPriority: ['chair'],
  UnassignPriority: ['chair'],
  WithdrawPriority: ['chair'],
  ProposeCommitment: ['chair'],
  AmendCommitment: ['chair'],
  AgreeCommitment: ['secretariat'],
  AssignCommitment: ['chair'],
  UnassignCommitment: ['chair'],
  WithdrawCommitment: ['chair'],
  RescheduleCommitment: ['chair'],
  SetMilestone: ['chair'],
  ReachMilestone: ['chair'],
  AssessCommitment: ['secretariat'],
  SuspendCommitment: ['secretariat'],
  ResumeCommitment: ['secretariat'],
  CloseCommitment: ['secretariat'],
  ReopenCommitment: ['secretariat'],
  CarryOverCommitment: ['secretariat'],
  ReportProgress: ['liaison', 'body'],
  CorrectReport: ['liaison', 'body'],
  ReturnReport: ['secretariat'],
  AcceptReport: ['secretariat'],
  DispatchEdition: ['chair'],
  AcknowledgeEdition: ['liaison'],
  StatePosition: ['liaison'],
  RecordDelivery: ['service'],
  RecordDeliveryFailure: ['service'],
  RecordSilence: ['service'],
} as const satisfies Record<Command['type'], readonly ActorRole[]>;

/** @throws {DomainRejection} ROLE_NOT_ALLOWED */
export function requireAuthority(actor: Actor, command: Command['type']): void {
  const roles: readonly ActorRole[] = MAY_ISSUE[command];
  if (!roles.includes(actor.role)) {
    reject('ROLE_NOT_ALLOWED', `${command} is for ${roles.join(' or ')}, and the actor is ${actor.role}.`);
  }
}
