import type { DomainCommand } from '../decider.js';
import type {
  PriorityAgreed,
  PriorityAmended,
  PriorityAssigned,
  PriorityProposed,
  PriorityUnassigned,
  PriorityWithdrawn,
} from './events.js';

export type ProposePriority = DomainCommand<'ProposePriority', PriorityProposed['data']>;
export type AmendPriority = DomainCommand<'AmendPriority', PriorityAmended['data']>;
export type AgreePriority = DomainCommand<'AgreePriority', PriorityAgreed['data']>;
export type AssignPriority = DomainCommand<'AssignPriority', PriorityAssigned['data']>;
export type UnassignPriority = DomainCommand<'UnassignPriority', PriorityUnassigned['data']>;
export type WithdrawPriority = DomainCommand<'WithdrawPriority', PriorityWithdrawn['data']>;

export type PriorityCommand =
  ProposePriority | AmendPriority | AgreePriority | AssignPriority | UnassignPriority | WithdrawPriority;
