import type { Command } from '#domain/commands.js';
import { commitmentId, priorityId } from '#domain/identifiers.js';
import type { DocumentPath } from './problems.js';
import type { AgendaFile } from './schema.js';

/** A command and the part of the file that asks for it. */
export type Step = { readonly command: LoadingCommand; readonly path: DocumentPath };

/** The commands that loading an agenda takes. */
export type LoadingCommand = Extract<
  Command,
  {
    type:
      | 'RegisterBody'
      | 'OpenAgenda'
      | 'RecordParticipation'
      | 'ProposePriority'
      | 'AssignPriority'
      | 'AgreePriority'
      | 'ProposeCommitment'
      | 'AssignCommitment'
      | 'SetMilestone'
      | 'AgreeCommitment';
  }
>;

type FilePriority = AgendaFile['priorities'][number];
type FileCommitment = NonNullable<FilePriority['commitments']>[number];

/** The commands that bring the file's agenda about, each after everything that it rests on. */
export const agendaCommands = (file: AgendaFile): readonly LoadingCommand[] => agendaSteps(file).map(({ command }) => command);

/** `agendaCommands`, each with its place in the file. */
export function agendaSteps(file: AgendaFile): readonly Step[] {
  const { id: agendaId, bodies = [], registeredBodies: _known, participations = [], priorities, ...opening } = file;
  return [
    ...bodies.map(({ id, ...body }, i) => step(['bodies', i], { type: 'RegisterBody', data: { bodyId: id, ...body } })),
    step([], { type: 'OpenAgenda', data: { agendaId, ...opening } }),
    ...participations.map((data, i) => step(['participations', i], { type: 'RecordParticipation', data: { agendaId, ...data } })),
    ...priorities.flatMap((priority, i) => prioritySteps(agendaId, priority, ['priorities', i])),
  ];
}

function prioritySteps(agendaId: string, priority: FilePriority, path: DocumentPath): readonly Step[] {
  const { assignments = [], agreed, commitments = [], ...proposal } = priority;
  const id = priorityId(agendaId, priority.number);
  return [
    step(path, { type: 'ProposePriority', data: { priorityId: id, agendaId, ...proposal } }),
    ...assignments.map((data, i) =>
      step([...path, 'assignments', i], { type: 'AssignPriority', data: { priorityId: id, ...data } }),
    ),
    ...(agreed ? [step([...path, 'agreed'], { type: 'AgreePriority', data: { priorityId: id, ...agreed } })] : []),
    ...commitments.flatMap((commitment, i) => commitmentSteps(agendaId, id, commitment, [...path, 'commitments', i])),
  ];
}

function commitmentSteps(agendaId: string, priority: string, commitment: FileCommitment, path: DocumentPath): readonly Step[] {
  const { assignments = [], milestones = [], agreed, ...proposal } = commitment;
  const id = commitmentId(priority, commitment.number);
  return [
    step(path, { type: 'ProposeCommitment', data: { commitmentId: id, priorityId: priority, agendaId, ...proposal } }),
    ...assignments.map((data, i) =>
      step([...path, 'assignments', i], { type: 'AssignCommitment', data: { commitmentId: id, ...data } }),
    ),
    ...milestones.map(({ id: milestoneId, ...milestone }, i) =>
      step([...path, 'milestones', i], { type: 'SetMilestone', data: { commitmentId: id, milestoneId, ...milestone } }),
    ),
    ...(agreed ? [step([...path, 'agreed'], { type: 'AgreeCommitment', data: { commitmentId: id, ...agreed } })] : []),
  ];
}

const step = (path: DocumentPath, command: LoadingCommand): Step => ({ path, command });
