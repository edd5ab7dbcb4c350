import { numberOf, agendaOf } from '#domain/identifiers.js';
import type { AssignmentRole } from '#domain/vocabulary.js';
import { ensure, remove, update, type Change } from './change.js';
import { projection } from './projection.js';
import type { Patch } from './table.js';
import { assignment, commitment, milestone, priority } from './work-tables.js';

type Touched = { readonly revision: number };

const prioritySaid = ({ data, revision }: Touched & { data: { priorityId: string } }, patch: Patch<typeof priority> = {}) =>
  update(priority, { id: data.priorityId }, { ...patch, revision });

const commitmentSaid = (
  { data, revision }: Touched & { data: { commitmentId: string } },
  patch: Patch<typeof commitment> = {},
) => update(commitment, { id: data.commitmentId }, { ...patch, revision });

const assigned = (subject: string, body: string, role: AssignmentRole, since: string): Change[] => [
  ensure(assignment, { subject, body, role, agenda: agendaOf(subject), since }),
  update(assignment, { subject, body }, { role }),
];

/** What is carried, by whom, until when: priorities, commitments, their assignments and milestones. */
export const work = projection('work', {
  version: 2,
  tables: [priority, commitment, assignment, milestone],
  on: {
    PriorityProposed: ({ data, revision }) => [
      ensure(priority, {
        id: data.priorityId,
        agenda: data.agendaId,
        number: data.number,
        title: data.title,
        summary: data.summary,
        lifecycle: 'proposed',
        instruments: data.instruments ?? [],
        source: data.source,
        text_version: 0,
        revision,
      }),
    ],
    PriorityAmended: ({ data: { priorityId, title, summary, instruments, source }, revision }) => [
      update(priority, { id: priorityId }, (row) => ({
        title,
        summary,
        instruments,
        source,
        text_version: row.text_version + (title !== undefined || summary !== undefined ? 1 : 0),
        revision,
      })),
    ],
    PriorityAgreed: (event) => [
      prioritySaid(event, { lifecycle: 'agreed', decision: event.data.decision, reason: null }),
    ],
    PriorityAssigned: (event) => [
      ...assigned(event.data.priorityId, event.data.body, event.data.role, event.metadata.occurredOn),
      prioritySaid(event),
    ],
    PriorityUnassigned: (event) => [
      remove(assignment, { subject: event.data.priorityId, body: event.data.body }),
      prioritySaid(event),
    ],
    PriorityWithdrawn: (event) => [prioritySaid(event, { lifecycle: 'withdrawn', ...groundOf(event.data) })],

    CommitmentProposed: ({ data, revision }) => [
      ensure(commitment, {
        id: data.commitmentId,
        priority: data.priorityId,
        priority_number: numberOf(data.priorityId),
        agenda: data.agendaId,
        number: data.number,
        text: data.text,
        due: data.due,
        original_due: data.due,
        lifecycle: 'proposed',
        instruments: data.instruments ?? [],
        source: data.source,
        carried_over_from: data.carriedOverFrom,
        text_version: 0,
        revision,
      }),
    ],
    CommitmentAmended: ({ data: { commitmentId, text, instruments, source }, revision }) => [
      update(commitment, { id: commitmentId }, (row) => ({
        text,
        instruments,
        source,
        text_version: row.text_version + (text !== undefined ? 1 : 0),
        revision,
      })),
    ],
    CommitmentAgreed: (event) => [
      commitmentSaid(event, { lifecycle: 'agreed', decision: event.data.decision, reason: null }),
    ],
    CommitmentAssigned: (event) => [
      ...assigned(event.data.commitmentId, event.data.body, event.data.role, event.metadata.occurredOn),
      commitmentSaid(event),
    ],
    CommitmentUnassigned: (event) => [
      remove(assignment, { subject: event.data.commitmentId, body: event.data.body }),
      commitmentSaid(event),
    ],
    CommitmentRescheduled: ({ data: { commitmentId, due }, revision }) => [
      update(commitment, { id: commitmentId }, (row) => ({ due, original_due: row.original_due ?? due, revision })),
    ],
    MilestoneSet: (event) => {
      const { commitmentId, milestoneId: id, title, due } = event.data;
      return [
        ensure(milestone, { commitment: commitmentId, id, agenda: agendaOf(commitmentId), title, due }),
        update(milestone, { commitment: commitmentId, id }, { title, due }),
        commitmentSaid(event),
      ];
    },
    MilestoneReached: (event) => [
      update(
        milestone,
        { commitment: event.data.commitmentId, id: event.data.milestoneId },
        { reached_on: event.metadata.occurredOn },
      ),
      commitmentSaid(event),
    ],
    CommitmentAssessed: (event) => {
      const { grade, rationale, rubricVersion } = event.data;
      return [commitmentSaid(event, { assessment: { grade, rationale, rubricVersion, on: event.metadata.occurredOn } })];
    },
    CommitmentSuspended: (event) => [commitmentSaid(event, { lifecycle: 'suspended', ...groundOf(event.data) })],
    CommitmentResumed: (event) => [commitmentSaid(event, { lifecycle: 'agreed', ...groundOf(event.data) })],
    CommitmentClosed: (event) => [commitmentSaid(event, { lifecycle: event.data.outcome, ...groundOf(event.data) })],
    CommitmentReopened: (event) => [
      commitmentSaid(event, { lifecycle: 'agreed', carried_over_to: null, ...groundOf(event.data) }),
    ],
    CommitmentCarriedOver: (event) => [
      commitmentSaid(event, { lifecycle: 'carried-over', carried_over_to: event.data.to, ...groundOf(event.data) }),
    ],
    CommitmentWithdrawn: (event) => [commitmentSaid(event, { lifecycle: 'withdrawn', ...groundOf(event.data) })],
  },
});

const groundOf = <D>({ decision, reason }: { decision?: D; reason?: string }) => ({
  decision: decision ?? null,
  reason: reason ?? null,
});
