import { commitmentId, priorityId } from '#domain/identifiers.js';
import type { Command } from '#domain/commands.js';
import type { CalendarDate, Instrument, LocalisedText } from '#domain/values.js';
import type { AgendaLifecycle, AssignmentRole, CommitmentLifecycle, PriorityLifecycle } from '#domain/vocabulary.js';
import type { HandoverFile } from './handover-file.js';

/** An agenda as far as its handover is concerned. */
export type StandingAgenda = {
  readonly id: string;
  readonly lifecycle: AgendaLifecycle;
  readonly term: { readonly from: CalendarDate };
  readonly priorities: readonly StandingPriority[];
};

type Carried = {
  readonly id: string;
  readonly number: number;
  readonly instruments: readonly { readonly title: LocalisedText; readonly date: CalendarDate | null }[];
  readonly source: string | null;
  readonly bodies: readonly { readonly id: string; readonly role: AssignmentRole }[];
};

export type StandingPriority = Carried & {
  readonly title: LocalisedText;
  readonly summary: LocalisedText | null;
  readonly lifecycle: PriorityLifecycle;
  readonly commitments: readonly StandingCommitment[];
};

export type StandingCommitment = Carried & {
  readonly text: LocalisedText;
  readonly lifecycle: CommitmentLifecycle;
  readonly due: CalendarDate | null;
  readonly milestones: readonly { readonly id: string; readonly title: LocalisedText; readonly due: CalendarDate; readonly reachedOn: CalendarDate | null }[];
  readonly carriedOverFrom: string | null;
};

export type Handover = {
  readonly from: StandingAgenda;
  /** The next agenda as it stands, or as its file will have it. */
  readonly to: StandingAgenda;
  readonly file: HandoverFile;
  /** Bodies that take no new work. */
  readonly retired: ReadonlySet<string>;
  readonly isFinalEditionSent: boolean;
};

export type Plan = {
  /** Each after everything that it rests on. Carried out and planned again, nothing is left. */
  readonly commands: readonly Command[];
  /** Why it cannot be carried out, each with the field of the file or the commitment. */
  readonly obstacles: readonly string[];
};

/** What is to be done, and in which order, to hand an agenda over: outcomes, what goes on and where, the end, the final edition. */
export function planHandover(handover: Handover): Plan {
  const { from, file, isFinalEditionSent } = handover;
  const obstacles = unknownIn(from, file);
  const place = places(handover);
  const commands = from.priorities
    .filter(({ lifecycle }) => lifecycle !== 'withdrawn')
    .flatMap((priority) => priority.commitments.flatMap((commitment) => endOf(handover, priority, commitment, place, obstacles)));
  return {
    commands: [
      ...commands,
      ...(from.lifecycle === 'open' ? [{ type: 'CloseAgenda', data: { agendaId: from.id, decision: file.decision } } as const] : []),
      ...(isFinalEditionSent ? [] : [{ type: 'DispatchEdition', data: { agendaId: from.id, purpose: 'final' } } as const]),
    ],
    obstacles,
  };
}

function unknownIn({ priorities }: StandingAgenda, { outcomes = {}, withdrawn = {} }: HandoverFile): string[] {
  const known = new Set(priorities.flatMap(({ commitments }) => commitments.map(({ id }) => id)));
  const check = (field: string, ids: readonly string[]) => ids.filter((id) => !known.has(id)).map((id) => `/${field}/${id}: the agenda has no such commitment`);
  const both = Object.keys(outcomes).filter((id) => id in withdrawn).map((id) => `/withdrawn/${id}: it has an outcome as well`);
  return [...check('outcomes', Object.keys(outcomes)), ...check('withdrawn', Object.keys(withdrawn)), ...both];
}

const UNDER_WAY: readonly CommitmentLifecycle[] = ['proposed', 'agreed', 'suspended'];

function endOf({ file, to, retired }: Handover, priority: StandingPriority, commitment: StandingCommitment, place: Places, obstacles: string[]): Command[] {
  const { id, lifecycle } = commitment;
  const { decision, outcomes = {}, withdrawn = {} } = file;
  if (!UNDER_WAY.includes(lifecycle)) return [];
  const reason = withdrawn[id];
  if (reason !== undefined) return [{ type: 'WithdrawCommitment', data: { commitmentId: id, reason, decision } }];

  // What is suspended is in force again before it ends or goes on.
  const resumed: Command[] = lifecycle === 'suspended' ? [{ type: 'ResumeCommitment', data: { commitmentId: id, decision } }] : [];
  const outcome = outcomes[id];
  if (outcome !== undefined) {
    if (lifecycle === 'proposed') obstacles.push(`/outcomes/${id}: it was never agreed, and has no outcome; agree it first, or withdraw it`);
    return [...resumed, { type: 'CloseCommitment', data: { commitmentId: id, outcome, decision } }];
  }
  const target = place(priority, commitment);
  const goesOn = continuation(to, priority, commitment, target, retired);
  // The next agenda has it before this one lets it go, so that none is lost in between.
  if (lifecycle === 'proposed') {
    const why = `Предложено в следующей повестке: ${target.commitment}`;
    return [...goesOn, { type: 'WithdrawCommitment', data: { commitmentId: id, reason: why, decision } }];
  }
  return [...goesOn, ...resumed, { type: 'CarryOverCommitment', data: { commitmentId: id, to: target.commitment, decision } }];
}

type Target = { readonly priority: string; readonly commitment: string; readonly isNewPriority: boolean; readonly isNew: boolean };
type Places = (priority: StandingPriority, commitment: StandingCommitment) => Target;

/** Where each commitment goes: to the one that names it already; under the priority of the same title, or the same number where that is free. */
function places({ to }: Handover): Places {
  const numbers = new Set(to.priorities.map(({ number }) => number));
  const byTitle = new Map(to.priorities.map(({ title, number }) => [title.ru, number]));
  const heirs = new Map(to.priorities.flatMap(({ id, commitments }) => commitments.map((one) => [one.carriedOverFrom, { priority: id, commitment: one.id }] as const)));
  const highest = new Map(to.priorities.map(({ number, commitments }) => [number, Math.max(0, ...commitments.map((one) => one.number))]));
  return (priority, { id }) => {
    const heir = heirs.get(id);
    if (heir) return { ...heir, isNewPriority: false, isNew: false };
    const known = byTitle.get(priority.title.ru);
    const number = known ?? (numbers.has(priority.number) ? Math.max(...numbers) + 1 : priority.number);
    numbers.add(number);
    byTitle.set(priority.title.ru, number);
    const next = (highest.get(number) ?? 0) + 1;
    highest.set(number, next);
    const target = priorityId(to.id, number);
    return { priority: target, commitment: commitmentId(target, next), isNewPriority: known === undefined, isNew: true };
  };
}

function continuation(to: StandingAgenda, priority: StandingPriority, commitment: StandingCommitment, target: Target, retired: ReadonlySet<string>): Command[] {
  if (!target.isNew) return [];
  const { id, text, due, milestones } = commitment;
  const working = (bodies: Carried['bodies']) => bodies.filter((body) => !retired.has(body.id));
  const proposed: Command[] = !target.isNewPriority
    ? []
    : [
        {
          type: 'ProposePriority',
          data: { priorityId: target.priority, agendaId: to.id, number: numberIn(target.priority), title: priority.title, ...(priority.summary && { summary: priority.summary }), ...groundsOf(priority) },
        },
        ...working(priority.bodies).map(({ id: body, role }) => ({ type: 'AssignPriority', data: { priorityId: target.priority, body, role } }) as const),
      ];
  return [
    ...proposed,
    {
      type: 'ProposeCommitment',
      data: {
        commitmentId: target.commitment,
        priorityId: target.priority,
        agendaId: to.id,
        number: numberIn(target.commitment),
        text,
        // A day before the new term is no due date for it.
        ...(due !== null && due >= to.term.from && { due }),
        ...groundsOf(commitment),
        carriedOverFrom: id,
      },
    },
    ...working(commitment.bodies).map(({ id: body, role }) => ({ type: 'AssignCommitment', data: { commitmentId: target.commitment, body, role } }) as const),
    ...milestones
      .filter(({ reachedOn }) => reachedOn === null)
      .map(({ id: milestoneId, title, due: day }) => ({ type: 'SetMilestone', data: { commitmentId: target.commitment, milestoneId, title, due: day } }) as const),
  ];
}

const numberIn = (id: string): number => Number(id.slice(id.lastIndexOf('.') + 1));

function groundsOf({ instruments, source }: Carried): { instruments?: Instrument[]; source?: string } {
  return {
    ...(instruments.length > 0 && { instruments: instruments.map(({ title, date }) => ({ title, ...(date !== null && { date }) })) }),
    ...(source !== null && { source }),
  };
}
