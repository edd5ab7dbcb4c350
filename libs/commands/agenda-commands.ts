import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AgendaCommand } from '#domain/agenda/commands.js';
import { agendaDecider } from '#domain/agenda/decider.js';
import { streamOf } from '#domain/identifiers.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';

export class AgendaEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: AgendaCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AgendaEnvelope)
export class AgendaCommandHandler implements ICommandHandler<AgendaEnvelope> {
  constructor(private readonly log: CommandLog) {}

  execute({ command, context }: AgendaEnvelope): Promise<CommandAnswer> {
    const id = command.data.agendaId;
    const execution = { decider: agendaDecider, id, stream: streamOf.agenda(id), facts: () => Promise.resolve({}) };
    return execute(this.log, execution, command, context);
  }
}
