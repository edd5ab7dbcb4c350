import { NestFactory } from '@nestjs/core';
import type { CommandLog } from './command-log.js';
import { CommandService } from './command-service.js';
import { CommandsModule } from './commands.module.js';

/** The command side by itself, for processes that serve no requests. */
export async function commandsOn(log: CommandLog): Promise<CommandService> {
  const context = await NestFactory.createApplicationContext(CommandsModule.on(log), { logger: false, abortOnError: false });
  return context.get(CommandService);
}
