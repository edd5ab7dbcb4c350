import { NestFactory } from '@nestjs/core';
import type { CommandStores } from './command-log.js';
import { CommandService } from './command-service.js';
import { CommandsModule } from './commands.module.js';

/** The command side by itself, for processes that serve no requests. */
export async function commandsOn(log: CommandStores): Promise<CommandService> {
  const context = await NestFactory.createApplicationContext(CommandsModule.on(log), { logger: false, abortOnError: false });
  return context.get(CommandService);
}
