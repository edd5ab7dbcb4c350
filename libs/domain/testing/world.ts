import { agendaDecider } from '../agenda/decider.js';
import { bodyDecider } from '../body/decider.js';
import type { Event } from '../catalogue.js';
import type { Command } from '../commands.js';
import { commitmentDecider } from '../commitment/decider.js';
import type { Decider, DomainCommand, DomainEvent } from '../decider.js';
import { fold } from '../fold.js';
import { editionDecider } from '../edition/decider.js';
import { agendaOf, editionId, priorityOf, streamOf } from '../identifiers.js';
import { priorityDecider } from '../priority/decider.js';
import { DomainRejection, type RejectionCode } from '../rejection.js';
import { reportDecider } from '../report/decider.js';
import type { Actor, Instant } from '../values.js';

/** Every stream's events. */
export type World = ReadonlyMap<string, readonly Event[]>;
/** It is 2024-06-01 where no moment is given. */
export type Asked = { readonly command: Command; readonly actor: Actor; readonly now?: Instant };
export type Answer = { readonly events: readonly Event[]; readonly rejection?: RejectionCode };
/** What a command met, what it came to and what it left behind. */
export type Step = Asked & Answer & { readonly stream: string; readonly before: World; readonly after: World };

export const agendaIn = (world: World, id: string) => stateIn(world, agendaDecider, streamOf.agenda(id));
export const bodyIn = (world: World, id: string) => stateIn(world, bodyDecider, streamOf.body(id));
export const priorityIn = (world: World, id: string) => stateIn(world, priorityDecider, streamOf.priority(id));
export const commitmentIn = (world: World, id: string) => stateIn(world, commitmentDecider, streamOf.commitment(id));
export const editionIn = (world: World, id: string) => stateIn(world, editionDecider, streamOf.edition(id));
export const reportIn = (world: World, id: string) => stateIn(world, reportDecider, streamOf.report(id));

/** Gives the commands to the deciders one after the other, each with the facts as they then stand. */
export function play(asked: readonly Asked[]): readonly Step[] {
  let world: World = new Map();
  return asked.map((one) => {
    const before = world;
    const { stream, answer } = answerTo(one, before);
    if (answer.events.length > 0)
      world = new Map(before).set(stream, [...(before.get(stream) ?? []), ...answer.events]);
    return { ...one, ...answer, stream, before, after: world };
  });
}

/** What the command comes to in this world. Anything thrown but a rejection is thrown on. */
export function answerTo(
  { command, actor, now = '2024-06-01T12:00:00.000Z' }: Asked,
  world: World,
): { readonly stream: string; readonly answer: Answer } {
  const decide = <State, C extends DomainCommand, E extends Event, Facts>(
    decider: Decider<State, C, E, Facts>,
    stream: string,
    facts: Facts,
  ) => ({
    stream,
    answer: answerOf(() =>
      decider.decide(stateIn(world, decider, stream), command as unknown as C, facts, { actor, today: now.slice(0, 10), now }),
    ),
  });
  switch (command.type) {
    case 'OpenAgenda':
    case 'RecordParticipation':
    case 'CloseAgenda':
      return decide(agendaDecider, streamOf.agenda(command.data.agendaId), {});
    case 'RegisterBody':
    case 'RenameBody':
    case 'RetireBody':
      return decide(bodyDecider, streamOf.body(command.data.bodyId), {});
    case 'ProposePriority':
    case 'AmendPriority':
    case 'AgreePriority':
    case 'AssignPriority':
    case 'UnassignPriority':
    case 'WithdrawPriority': {
      const { priorityId } = command.data;
      const body = command.type === 'AssignPriority' ? bodyIn(world, command.data.body) : undefined;
      return decide(priorityDecider, streamOf.priority(priorityId), {
        agenda: agendaIn(world, agendaOf(priorityId)),
        body,
      });
    }
    case 'ReportProgress':
    case 'CorrectReport':
    case 'ReturnReport':
    case 'AcceptReport': {
      const { reportId } = command.data;
      const subject =
        command.type === 'ReportProgress' ? command.data.subject : (reportIn(world, reportId)?.subject ?? '');
      return decide(reportDecider, streamOf.report(reportId), {
        ...above(world, subject),
        commitment: commitmentIn(world, subject),
      });
    }
    case 'DispatchEdition': {
      const { agendaId } = command.data;
      const id = editionId(agendaId, 1);
      const priorities = [...world.keys()].filter((stream) => stream.startsWith(`priority-${agendaId}.`));
      const frozen = { editionId: id, number: 1, logPosition: '7', digest: DIGEST, priorities: priorities.length };
      return decide(editionDecider, streamOf.edition(id), { agenda: agendaIn(world, agendaId), frozen });
    }
    case 'AcknowledgeEdition':
    case 'StatePosition':
    case 'RecordDelivery':
    case 'RecordDeliveryFailure':
    case 'RecordSilence': {
      const id = command.data.editionId;
      return decide(editionDecider, streamOf.edition(id), { agenda: agendaIn(world, agendaOf(id)) });
    }
    default: {
      const { commitmentId } = command.data;
      return decide(commitmentDecider, streamOf.commitment(commitmentId), {
        ...above(world, commitmentId),
        body: command.type === 'AssignCommitment' ? bodyIn(world, command.data.body) : undefined,
        targetAgenda: command.type === 'CarryOverCommitment' ? agendaIn(world, agendaOf(command.data.to)) : undefined,
        predecessor:
          command.type === 'ProposeCommitment' ? commitmentIn(world, command.data.carriedOverFrom ?? '') : undefined,
      });
    }
  }
}

/** Of what every edition in these worlds froze. */
export const DIGEST = '0'.repeat(64);

const above = (world: World, id: string) => ({
  agenda: agendaIn(world, agendaOf(id)),
  priority: priorityIn(world, priorityOf(id)),
});

const stateIn = <State>(
  world: World,
  decider: { readonly initial: State; evolve(state: State, event: DomainEvent): State },
  stream: string,
): State => fold(decider, world.get(stream) ?? []);

function answerOf(decide: () => readonly Event[]): Answer {
  try {
    return { events: decide() };
  } catch (error) {
    if (error instanceof DomainRejection) return { events: [], rejection: error.code };
    throw error;
  }
}
