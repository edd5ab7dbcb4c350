import {
  date,
  decision,
  instrument,
  listOf,
  localisedText,
  nullable,
  number,
  oneOf,
  optional,
  record,
  text,
  type Shapes,
} from '../shape.js';
import { ASSIGNMENT_ROLES, GRADES, OUTCOMES } from '../vocabulary.js';
import type { CommitmentEvent } from './events.js';

const commitmentId = text;
const reason = optional(text);

export const COMMITMENT_SHAPES: Shapes<CommitmentEvent> = {
  CommitmentProposed: record({
    commitmentId,
    priorityId: text,
    agendaId: text,
    number,
    text: localisedText,
    due: optional(date),
    instruments: optional(listOf(instrument)),
    source: optional(text),
    carriedOverFrom: optional(text),
  }),
  CommitmentAmended: record({
    commitmentId,
    text: optional(localisedText),
    instruments: optional(listOf(instrument)),
    source: optional(nullable(text)),
    decision: optional(decision),
  }),
  CommitmentAgreed: record({ commitmentId, decision }),
  CommitmentAssigned: record({ commitmentId, body: text, role: oneOf(ASSIGNMENT_ROLES) }),
  CommitmentUnassigned: record({ commitmentId, body: text }),
  CommitmentRescheduled: record({ commitmentId, due: date, reason: text, decision: optional(decision) }),
  MilestoneSet: record({ commitmentId, milestoneId: text, title: localisedText, due: date }),
  MilestoneReached: record({ commitmentId, milestoneId: text }),
  CommitmentAssessed: record({ commitmentId, grade: oneOf(GRADES), rationale: text, rubricVersion: text }),
  CommitmentSuspended: record({ commitmentId, decision, reason }),
  CommitmentResumed: record({ commitmentId, decision, reason }),
  CommitmentClosed: record({ commitmentId, outcome: oneOf(OUTCOMES), decision, reason }),
  CommitmentReopened: record({ commitmentId, decision, reason }),
  CommitmentCarriedOver: record({ commitmentId, to: text, decision, reason }),
  CommitmentWithdrawn: record({ commitmentId, reason, decision: optional(decision) }),
};
