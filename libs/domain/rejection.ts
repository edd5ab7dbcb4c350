/**
 * Every code with which the domain turns a command away, and what kind of no it is:
 * `absent` (the thing is not there), `refused` (its state does not allow it), `forbidden` (not this actor),
 * `invalid` (a field says what cannot be; the rejection names the field).
 */
export const REJECTIONS = {
  AGENDA_UNKNOWN: { kind: 'absent', title: 'There is no such agenda' },
  AGENDA_ALREADY_OPENED: { kind: 'refused', title: 'An agenda with this id was opened already' },
  AGENDA_CLOSED: { kind: 'refused', title: 'The agenda is closed' },
  AGENDA_ALREADY_CLOSED: {
    kind: 'refused',
    title: 'The agenda was closed already, under another decision or for another reason',
  },
  TERM_INVALID: { kind: 'invalid', title: 'The term ends before it begins' },
  PERIOD_INVALID: { kind: 'invalid', title: 'A reporting period does not hold together' },
  STATE_REPEATED: { kind: 'invalid', title: 'A state is named twice' },
  STATE_UNKNOWN: { kind: 'invalid', title: 'The state is not a member state of this agenda' },
  BODY_UNKNOWN: { kind: 'absent', title: 'There is no such body' },
  BODY_ALREADY_REGISTERED: { kind: 'refused', title: 'A body with this id was registered already' },
  BODY_RETIRED: { kind: 'refused', title: 'The body is retired' },
  ASSIGNEE_UNKNOWN: { kind: 'invalid', title: 'The body to be assigned is not registered' },
  ASSIGNMENT_UNKNOWN: { kind: 'absent', title: 'The body was never assigned' },
  PRIORITY_UNKNOWN: { kind: 'absent', title: 'There is no such priority' },
  PRIORITY_ALREADY_PROPOSED: { kind: 'refused', title: 'A priority with this number was proposed already' },
  PRIORITY_ALREADY_AGREED: { kind: 'refused', title: 'The priority was agreed already, under another decision' },
  PRIORITY_WITHDRAWN: { kind: 'refused', title: 'The priority is withdrawn' },
  COMMITMENT_UNKNOWN: { kind: 'absent', title: 'There is no such commitment' },
  COMMITMENT_ALREADY_PROPOSED: { kind: 'refused', title: 'A commitment with this number was proposed already' },
  COMMITMENT_ALREADY_AGREED: { kind: 'refused', title: 'The commitment was agreed already' },
  COMMITMENT_NOT_AGREED: { kind: 'refused', title: 'The commitment is not agreed yet' },
  COMMITMENT_SUSPENDED: { kind: 'refused', title: 'The commitment is suspended' },
  COMMITMENT_NOT_SUSPENDED: { kind: 'refused', title: 'The commitment is not suspended' },
  COMMITMENT_CLOSED: { kind: 'refused', title: 'The commitment is closed' },
  COMMITMENT_NOT_CLOSED: { kind: 'refused', title: 'The commitment is not closed' },
  COMMITMENT_WITHDRAWN: { kind: 'refused', title: 'The commitment is withdrawn' },
  CARRY_OVER_TARGET_INVALID: { kind: 'invalid', title: 'The commitment cannot be carried over there' },
  LINEAGE_UNKNOWN: { kind: 'invalid', title: 'The commitment it is said to come from is not known' },
  LINEAGE_INVALID: { kind: 'invalid', title: 'The commitment cannot come from there' },
  DECISION_REQUIRED: { kind: 'invalid', title: 'A decision must be cited' },
  MILESTONE_UNKNOWN: { kind: 'absent', title: 'The commitment has no such milestone' },
  MILESTONE_REACHED: { kind: 'refused', title: 'The milestone is reached already' },
  REPORT_UNKNOWN: { kind: 'absent', title: 'There is no such report' },
  REPORT_ALREADY_SUBMITTED: { kind: 'refused', title: 'A report with this id was submitted already' },
  REPORT_RETURNED: { kind: 'refused', title: 'The report is returned and waits to be corrected' },
  REPORT_ACCEPTED: { kind: 'refused', title: 'The report is accepted' },
  REPORT_ON_OLDER_TEXT: {
    kind: 'refused',
    title: 'The commitment was amended since; the report must be corrected first',
  },
  REPORT_PERIOD_FIXED: { kind: 'invalid', title: 'A correction keeps its reporting period' },
  PERIOD_UNKNOWN: { kind: 'invalid', title: 'The agenda has no such reporting period' },
  PERIOD_LOCKED: { kind: 'refused', title: 'The reporting period is locked' },
  STATE_NOT_PARTICIPATING: { kind: 'refused', title: 'The state does not take part in this agenda' },
  NOT_A_MEMBER_STATE: { kind: 'forbidden', title: 'The state is not a member state of this agenda' },
  NOT_ASSIGNED: { kind: 'forbidden', title: 'The work is not assigned to this body' },
  NOT_YOUR_REPORT: { kind: 'forbidden', title: 'The report is another reporter’s' },
  SELF_REVIEW: { kind: 'forbidden', title: 'Nobody reviews a report that they submitted' },
  EDITION_UNKNOWN: { kind: 'absent', title: 'There is no such edition' },
  EDITION_ALREADY_DISPATCHED: { kind: 'refused', title: 'An edition with this number was dispatched already' },
  AGENDA_EMPTY: { kind: 'refused', title: 'The agenda has nothing that could be sent' },
  NO_RECIPIENTS: { kind: 'invalid', title: 'There is no state to send the edition to' },
  RECIPIENT_NOT_PARTICIPATING: { kind: 'invalid', title: 'The state does not take part in this agenda' },
  DEADLINE_PAST: { kind: 'invalid', title: 'The deadline has passed already' },
  DIGEST_MISMATCH: { kind: 'invalid', title: 'The digest is not that of this edition' },
  NOT_A_RECIPIENT: { kind: 'forbidden', title: 'The edition was not sent to this state' },
  SILENCE_NOT_OVER: { kind: 'refused', title: 'The edition may still be answered' },
  ROLE_NOT_ALLOWED: { kind: 'forbidden', title: 'This role may not do that' },
  OCCURRED_IN_FUTURE: { kind: 'invalid', title: 'What is recorded has happened; its date is in the future' },
} as const satisfies Record<string, { kind: RejectionKind; title: string }>;

export type RejectionKind = 'absent' | 'refused' | 'forbidden' | 'invalid';
export type RejectionCode = keyof typeof REJECTIONS;

export class DomainRejection extends Error {
  override readonly name = 'DomainRejection';
  constructor(
    readonly code: RejectionCode,
    readonly detail: string,
    /** JSON Pointer into the command's data. Given with every `invalid`. */
    readonly field?: string,
  ) {
    super(`${code}: ${detail}`);
  }
  get kind(): RejectionKind {
    return REJECTIONS[this.code].kind;
  }
}

export function reject(code: RejectionCode, detail: string, field?: string): never {
  throw new DomainRejection(code, detail, field);
}
