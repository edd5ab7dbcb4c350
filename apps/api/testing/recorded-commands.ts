import { Global, Module } from '@nestjs/common';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import type { Command } from '#domain/commands.js';

export type Issued = { readonly command: Command; readonly context: CommandContext };

/** Stands where the command side would: keeps what the doors issue, and answers as it is told to. */
export class RecordedCommands {
  readonly issued: Issued[] = [];
  answer: () => Promise<CommandAnswer> = () => Promise.resolve({ id: 'it', revision: 3, position: '42', recorded: 1 });

  issue(command: Command, context: CommandContext): Promise<CommandAnswer> {
    this.issued.push({ command, context });
    return this.answer();
  }
}

/** The module that brings these commands to the doors. */
export function commandsOf(recorded: RecordedCommands) {
  @Global()
  @Module({ providers: [{ provide: CommandService, useValue: recorded }], exports: [CommandService] })
  class RecordedCommandsModule {}
  return RecordedCommandsModule;
}
