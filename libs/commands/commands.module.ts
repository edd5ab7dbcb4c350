import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AgendaCommandHandler } from './agenda-commands.js';
import { BodyCommandHandler } from './body-commands.js';
import { CommandLog, type CommandStores } from './command-log.js';
import { CommandService } from './command-service.js';
import { CommitmentCommandHandler } from './commitment-commands.js';
import { EditionCommandHandler } from './edition-commands.js';
import { nothingToFreeze } from './freeze.js';
import { PriorityCommandHandler } from './priority-commands.js';
import { ReportCommandHandler } from './report-commands.js';
import { inTurns } from './turns.js';

@Module({})
export class CommandsModule {
  static on({ store, clock, keys, freeze = nothingToFreeze }: CommandStores): DynamicModule {
    return {
      module: CommandsModule,
      // Reads that record who read give commands too.
      global: true,
      imports: [CqrsModule.forRoot()],
      providers: [
        { provide: CommandLog, useValue: { store, clock, keys, freeze, turns: inTurns() } satisfies CommandLog },
        CommandService,
        AgendaCommandHandler,
        BodyCommandHandler,
        PriorityCommandHandler,
        CommitmentCommandHandler,
        ReportCommandHandler,
        EditionCommandHandler,
      ],
      exports: [CommandService],
    };
  }
}
