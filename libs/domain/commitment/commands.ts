import type { DomainCommand } from '../decider.js';
import type * as Events from './events.js';

export type ProposeCommitment = DomainCommand<'ProposeCommitment', Events.CommitmentProposed['data']>;
export type AmendCommitment = DomainCommand<'AmendCommitment', Events.CommitmentAmended['data']>;
export type AgreeCommitment = DomainCommand<'AgreeCommitment', Events.CommitmentAgreed['data']>;
export type AssignCommitment = DomainCommand<'AssignCommitment', Events.CommitmentAssigned['data']>;
export type UnassignCommitment = DomainCommand<'UnassignCommitment', Events.CommitmentUnassigned['data']>;
export type RescheduleCommitment = DomainCommand<'RescheduleCommitment', Events.CommitmentRescheduled['data']>;
export type SetMilestone = DomainCommand<'SetMilestone', Events.MilestoneSet['data']>;
export type ReachMilestone = DomainCommand<'ReachMilestone', Events.MilestoneReached['data']>;
export type AssessCommitment = DomainCommand<'AssessCommitment', Events.CommitmentAssessed['data']>;
export type SuspendCommitment = DomainCommand<'SuspendCommitment', Events.CommitmentSuspended['data']>;
export type ResumeCommitment = DomainCommand<'ResumeCommitment', Events.CommitmentResumed['data']>;
export type CloseCommitment = DomainCommand<'CloseCommitment', Events.CommitmentClosed['data']>;
export type ReopenCommitment = DomainCommand<'ReopenCommitment', Events.CommitmentReopened['data']>;
export type CarryOverCommitment = DomainCommand<'CarryOverCommitment', Events.CommitmentCarriedOver['data']>;
export type WithdrawCommitment = DomainCommand<'WithdrawCommitment', Events.CommitmentWithdrawn['data']>;

export type CommitmentCommand =
  | ProposeCommitment
  | AmendCommitment
  | AgreeCommitment
  | AssignCommitment
  | UnassignCommitment
  | RescheduleCommitment
  | SetMilestone
  | ReachMilestone
  | AssessCommitment
  | SuspendCommitment
  | ResumeCommitment
  | CloseCommitment
  | ReopenCommitment
  | CarryOverCommitment
  | WithdrawCommitment;
