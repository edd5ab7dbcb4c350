import { amended } from '../amendment.js';
import { assigned, unassigned, UNASSIGNED, type Carried } from '../assignment.js';
import { wellFormedOnly } from '../fold.js';
import type { CalendarDate, Decision, Instrument, LocalisedText } from '../values.js';
import type { CommitmentLifecycle, Grade } from '../vocabulary.js';
import type { CommitmentEvent, CommitmentProposed } from './events.js';
import { COMMITMENT_SHAPES } from './shapes.js';

export type Commitment = Carried & {
  readonly id: string;
  readonly priorityId: string;
  readonly agendaId: string;
  readonly number: number;
  readonly lifecycle: CommitmentLifecycle;
  readonly text: LocalisedText;
  /** How often the text was amended. */
  readonly textVersion: number;
  readonly due?: CalendarDate;
  readonly instruments: readonly Instrument[];
  readonly source?: string;
  readonly milestones: ReadonlyMap<string, Milestone>;
  readonly assessment?: { readonly grade: Grade; readonly rationale: string; readonly rubricVersion: string };
  /** The commitment of an earlier agenda that this one goes on with. */
  readonly carriedOverFrom?: string;
  readonly agreement?: Decision;
  /** What each later turn of the lifecycle rested on, the last time that it was taken. */
  readonly suspension?: Ground;
  readonly resumption?: Ground;
  readonly closure?: Ground;
  readonly reopening?: Ground;
  readonly carryOver?: Ground & { readonly to: string };
  readonly withdrawal?: Partial<Ground>;
};

export type Ground = { readonly decision: Decision; readonly reason?: string };
export type Milestone = { readonly title: LocalisedText; readonly due: CalendarDate; readonly reached: boolean };

/** `undefined` until it is proposed. */
export type CommitmentState = Commitment | undefined;

export const evolveCommitment = wellFormedOnly<CommitmentState, CommitmentEvent>(
  COMMITMENT_SHAPES,
  (commitment, event) => {
    if (event.type === 'CommitmentProposed') return commitment ?? proposed(event);
    return commitment && evolveKnown(commitment, event);
  },
);

function proposed({ data }: CommitmentProposed): Commitment {
  const { commitmentId: id, priorityId, agendaId, number, text, due, instruments = [], source, carriedOverFrom } = data;
  return {
    id,
    priorityId,
    agendaId,
    number,
    lifecycle: 'proposed',
    text,
    textVersion: 0,
    due,
    instruments,
    source,
    milestones: new Map(),
    carriedOverFrom,
    ...UNASSIGNED,
  };
}

function evolveKnown(commitment: Commitment, { type, data }: Exclude<CommitmentEvent, CommitmentProposed>): Commitment {
  switch (type) {
    case 'CommitmentAmended': {
      const { text = commitment.text, instruments = commitment.instruments, source } = data;
      const textVersion = commitment.textVersion + (data.text === undefined ? 0 : 1);
      return { ...commitment, text, textVersion, instruments, source: amended(commitment.source, source) };
    }
    case 'CommitmentAgreed':
      return { ...commitment, lifecycle: 'agreed', agreement: data.decision };
    case 'CommitmentAssigned':
      return { ...commitment, ...assigned(commitment, data.body, data.role) };
    case 'CommitmentUnassigned':
      return { ...commitment, ...unassigned(commitment, data.body) };
    case 'CommitmentRescheduled':
      return { ...commitment, due: data.due };
    case 'MilestoneSet': {
      const { milestoneId, title, due } = data;
      const reached = commitment.milestones.get(milestoneId)?.reached ?? false;
      return withMilestone(commitment, milestoneId, { title, due, reached });
    }
    case 'MilestoneReached': {
      const milestone = commitment.milestones.get(data.milestoneId);
      return milestone ? withMilestone(commitment, data.milestoneId, { ...milestone, reached: true }) : commitment;
    }
    case 'CommitmentAssessed': {
      const { grade, rationale, rubricVersion } = data;
      return { ...commitment, assessment: { grade, rationale, rubricVersion } };
    }
    case 'CommitmentSuspended':
      return { ...commitment, lifecycle: 'suspended', suspension: groundOf(data) };
    case 'CommitmentResumed':
      return { ...commitment, lifecycle: 'agreed', resumption: groundOf(data) };
    case 'CommitmentClosed':
      return { ...commitment, lifecycle: data.outcome, closure: groundOf(data) };
    case 'CommitmentReopened':
      return { ...commitment, lifecycle: 'agreed', reopening: groundOf(data) };
    case 'CommitmentCarriedOver':
      return { ...commitment, lifecycle: 'carried-over', carryOver: { to: data.to, ...groundOf(data) } };
    case 'CommitmentWithdrawn':
      return { ...commitment, lifecycle: 'withdrawn', withdrawal: { decision: data.decision, reason: data.reason } };
  }
}

const groundOf = ({ decision, reason }: Ground): Ground => ({ decision, reason });

const withMilestone = (commitment: Commitment, id: string, milestone: Milestone): Commitment => ({
  ...commitment,
  milestones: new Map(commitment.milestones).set(id, milestone),
});
