import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AgendaCommandHandler } from './agenda-commands.js';
import { BodyCommandHandler } from './body-commands.js';
import { CommandLog, type CommandStores } from './command-log.js';
import { CommandService } from './command-service.js';
import { CommitmentCommandHandler } from './commitment-commands.js';
import { PriorityCommandHandler } from './priority-commands.js';
import { ReportCommandHandler } from './report-commands.js';
import { inTurns } from './turns.js';

@Module({})
export class CommandsModule {
  static on({ store, clock, keys }: CommandStores): DynamicModule {
    return {
      module: CommandsModule,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: CommandLog, useValue: { store, clock, keys, turns: inTurns() } satisfies CommandLog },
        CommandService,
        AgendaCommandHandler,
        BodyCommandHandler,
        PriorityCommandHandler,
        CommitmentCommandHandler,
        ReportCommandHandler,
      ],
      exports: [CommandService],
    };
  }
}
