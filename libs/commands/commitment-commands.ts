import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agendaDecider } from '#domain/agenda/decider.js';
import { bodyDecider } from '#domain/body/decider.js';
import type { CommitmentCommand } from '#domain/commitment/commands.js';
import { commitmentDecider } from '#domain/commitment/decider.js';
import { agendaOf, priorityOf, streamOf } from '#domain/identifiers.js';
import { priorityDecider } from '#domain/priority/decider.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';
import { stateOf } from './load.js';

export class CommitmentEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: CommitmentCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CommitmentEnvelope)
export class CommitmentCommandHandler implements ICommandHandler<CommitmentEnvelope> {
  constructor(private readonly log: CommandLog) {}

  execute({ command, context }: CommitmentEnvelope): Promise<CommandAnswer> {
    const { store } = this.log;
    const id = command.data.commitmentId;
    const named = alsoNamed(command);
    const facts = async () => {
      const [agenda, priority, body, targetAgenda, predecessor] = await Promise.all([
        stateOf(store, agendaDecider, streamOf.agenda(agendaOf(id))),
        stateOf(store, priorityDecider, streamOf.priority(priorityOf(id))),
        named.body === undefined ? undefined : stateOf(store, bodyDecider, streamOf.body(named.body)),
        named.targetAgenda === undefined ? undefined : stateOf(store, agendaDecider, streamOf.agenda(named.targetAgenda)),
        named.predecessor === undefined ? undefined : stateOf(store, commitmentDecider, streamOf.commitment(named.predecessor)),
      ]);
      return { agenda, priority, body, targetAgenda, predecessor };
    };
    return execute(this.log, { decider: commitmentDecider, id, stream: streamOf.commitment(id), facts }, command, context);
  }
}

/** What a command names beside its own commitment. */
function alsoNamed(command: CommitmentCommand): { body?: string; targetAgenda?: string; predecessor?: string } {
  switch (command.type) {
    case 'AssignCommitment':
      return { body: command.data.body };
    case 'CarryOverCommitment':
      return { targetAgenda: agendaOf(command.data.to) };
    case 'ProposeCommitment':
      return { predecessor: command.data.carriedOverFrom };
    default:
      return {};
  }
}
