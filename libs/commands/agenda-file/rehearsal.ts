import { agendaDecider } from '#domain/agenda/decider.js';
import type { AgendaState } from '#domain/agenda/state.js';
import { bodyDecider } from '#domain/body/decider.js';
import type { BodyState } from '#domain/body/state.js';
import { commitmentDecider } from '#domain/commitment/decider.js';
import type { CommitmentState } from '#domain/commitment/state.js';
import type { Circumstances, Decider, DomainCommand, DomainEvent } from '#domain/decider.js';
import { fold } from '#domain/fold.js';
import { priorityOf } from '#domain/identifiers.js';
import { priorityDecider } from '#domain/priority/decider.js';
import type { PriorityState } from '#domain/priority/state.js';
import { DomainRejection } from '#domain/rejection.js';
import { fromPointer, type DocumentPath } from './problems.js';
import type { LoadingCommand, Step } from './steps.js';

export type Refusal = { readonly path: DocumentPath; readonly detail: string };

/**
 * What the domain would refuse if the steps were taken in turn where nothing is recorded but these bodies.
 * Steps under a refused one are passed over: they would only say the same again. What another agenda holds
 * cannot be known here, so a commitment's lineage is believed.
 */
export function rehearse(steps: readonly Step[], registeredBodies: readonly string[]): readonly Refusal[] {
  const decide = stage(registeredBodies);
  const refused: DocumentPath[] = [];
  const refusals: Refusal[] = [];
  for (const { command, path } of steps) {
    if (refused.some((above) => above.every((part, i) => path[i] === part))) continue;
    try {
      decide(command);
    } catch (error) {
      if (!(error instanceof DomainRejection)) throw error;
      refused.push(path);
      refusals.push({ path: [...path, ...fromPointer(error.field ?? '')], detail: error.detail });
    }
  }
  return refusals;
}

/** The deciders over states held in memory. */
function stage(registeredBodies: readonly string[]): (command: LoadingCommand) => void {
  let agenda: AgendaState;
  const bodies = new Map<string, BodyState>(registeredBodies.map((id) => [id, registered(id)]));
  const priorities = new Map<string, PriorityState>();
  const commitments = new Map<string, CommitmentState>();

  return (command) => {
    switch (command.type) {
      case 'RegisterBody': {
        const { bodyId } = command.data;
        bodies.set(bodyId, after(bodyDecider, bodies.get(bodyId), command, {}));
        return;
      }
      case 'OpenAgenda':
      case 'RecordParticipation':
        agenda = after(agendaDecider, agenda, command, {});
        return;
      case 'ProposePriority':
      case 'AssignPriority':
      case 'AgreePriority': {
        const { priorityId } = command.data;
        const facts = { agenda, body: bodies.get(assignee(command)) };
        priorities.set(priorityId, after(priorityDecider, priorities.get(priorityId), command, facts));
        return;
      }
      case 'ProposeCommitment':
      case 'AssignCommitment':
      case 'SetMilestone':
      case 'AgreeCommitment': {
        const { commitmentId } = command.data;
        const facts = { agenda, priority: priorities.get(priorityOf(commitmentId)), body: bodies.get(assignee(command)) };
        commitments.set(commitmentId, after(commitmentDecider, commitments.get(commitmentId), withoutLineage(command), facts));
      }
    }
  };
}

function after<State, Command extends DomainCommand, Event extends DomainEvent, Facts>(
  decider: Decider<State, Command, Event, Facts>,
  state: State,
  command: Command,
  facts: Facts,
): State {
  return fold({ ...decider, initial: state }, decider.decide(state, command, facts, CIRCUMSTANCES));
}

/** Nothing that loading does depends on who loads or when. */
const CIRCUMSTANCES: Circumstances = { actor: { subject: 'rehearsal', role: 'chair' }, today: '0001-01-01', now: '0001-01-01T00:00:00.000Z' };

const registered = (id: string): BodyState =>
  bodyDecider.evolve(undefined, { type: 'BodyRegistered', data: { bodyId: id, names: { ru: id }, kind: 'partner' } });

const assignee = ({ data }: LoadingCommand): string => ('body' in data ? data.body : '');

function withoutLineage<C extends LoadingCommand>(command: C): C {
  if (command.type !== 'ProposeCommitment') return command;
  const { carriedOverFrom: _believed, ...data } = command.data;
  return { ...command, data };
}
