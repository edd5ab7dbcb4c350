import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agendaDecider } from '#domain/agenda/decider.js';
import { bodyDecider } from '#domain/body/decider.js';
import { agendaOf, streamOf } from '#domain/identifiers.js';
import type { PriorityCommand } from '#domain/priority/commands.js';
import { priorityDecider } from '#domain/priority/decider.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';
import { stateOf } from './load.js';

export class PriorityEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: PriorityCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PriorityEnvelope)
export class PriorityCommandHandler implements ICommandHandler<PriorityEnvelope> {
  constructor(private readonly log: CommandLog) {}

  execute({ command, context }: PriorityEnvelope): Promise<CommandAnswer> {
    const { store } = this.log;
    const id = command.data.priorityId;
    const facts = async () => {
      const [agenda, body] = await Promise.all([
        stateOf(store, agendaDecider, streamOf.agenda(agendaOf(id))),
        command.type === 'AssignPriority' ? stateOf(store, bodyDecider, streamOf.body(command.data.body)) : undefined,
      ]);
      return { agenda, body };
    };
    return execute(this.log, { decider: priorityDecider, id, stream: streamOf.priority(id), facts }, command, context);
  }
}
