import { describe, expect, it } from '@jest/globals';
import { MAY_ISSUE, requireAuthority } from './authority.js';
import type { Command } from './commands.js';
import { DomainRejection } from './rejection.js';
import { ACTOR_ROLES, type ActorRole } from './vocabulary.js';

type CommandType = Command['type'];
const commandTypes = Object.keys(MAY_ISSUE) as CommandType[];

/** By role, as the organisation's rules have it. */
const ISSUES: Record<ActorRole, readonly CommandType[]> = {
  chair: [
    ...(['OpenAgenda', 'CloseAgenda'] as const),
    ...(['ProposePriority', 'AmendPriority', 'AssignPriority', 'UnassignPriority', 'WithdrawPriority'] as const),
    ...([
      'ProposeCommitment',
      'AmendCommitment',
      'AssignCommitment',
      'UnassignCommitment',
      'WithdrawCommitment',
    ] as const),
    ...(['RescheduleCommitment', 'SetMilestone', 'ReachMilestone'] as const),
    'DispatchEdition',
  ],
  secretariat: [
    ...(['RecordParticipation', 'RegisterBody', 'RenameBody', 'RetireBody'] as const),
    ...(['AgreePriority', 'AgreeCommitment', 'AssessCommitment', 'SuspendCommitment', 'ResumeCommitment'] as const),
    ...(['CloseCommitment', 'ReopenCommitment', 'CarryOverCommitment'] as const),
    ...(['ReturnReport', 'AcceptReport'] as const),
  ],
  liaison: ['ReportProgress', 'CorrectReport', 'AcknowledgeEdition', 'StatePosition'],
  body: ['ReportProgress', 'CorrectReport'],
  auditor: [],
  operator: [],
  service: ['RecordDelivery', 'RecordDeliveryFailure', 'RecordSilence'],
};

const allowed = (role: ActorRole, command: CommandType): boolean => {
  try {
    requireAuthority({ subject: 'someone', role }, command);
    return true;
  } catch (error) {
    expect((error as DomainRejection).code).toBe('ROLE_NOT_ALLOWED');
    return false;
  }
};

describe('Of all commands', () => {
  it.each(ACTOR_ROLES)('%s issues its own and no other', (role) => {
    expect(commandTypes.filter((command) => allowed(role, command)).sort()).toEqual([...ISSUES[role]].sort());
  });

  it('none is without a role that issues it', () => {
    expect(commandTypes.filter((command) => !ACTOR_ROLES.some((role) => allowed(role, command)))).toEqual([]);
  });
});
