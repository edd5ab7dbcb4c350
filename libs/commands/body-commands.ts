import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BodyCommand } from '#domain/body/commands.js';
import { bodyDecider } from '#domain/body/decider.js';
import { streamOf } from '#domain/identifiers.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';

export class BodyEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: BodyCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(BodyEnvelope)
export class BodyCommandHandler implements ICommandHandler<BodyEnvelope> {
  constructor(private readonly log: CommandLog) {}

  execute({ command, context }: BodyEnvelope): Promise<CommandAnswer> {
    const id = command.data.bodyId;
    const execution = { decider: bodyDecider, id, stream: streamOf.body(id), facts: () => Promise.resolve({}) };
    return execute(this.log, execution, command, context);
  }
}
