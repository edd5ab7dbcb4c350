import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agendaDecider } from '#domain/agenda/decider.js';
import type { EventMetadata } from '#domain/catalogue.js';
import type { DispatchEdition, EditionCommand } from '#domain/edition/commands.js';
import { editionDecider, type EditionFacts } from '#domain/edition/decider.js';
import { agendaOf, editionId, streamOf } from '#domain/identifiers.js';
import { DomainRejection } from '#domain/rejection.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { execute } from './execute.js';
import { stateOf } from './load.js';

export class EditionEnvelope extends Command<CommandAnswer> {
  constructor(
    readonly command: EditionCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EditionEnvelope)
export class EditionCommandHandler implements ICommandHandler<EditionEnvelope> {
  constructor(private readonly log: CommandLog) {}

  async execute({ command, context }: EditionEnvelope): Promise<CommandAnswer> {
    if (command.type === 'DispatchEdition') return this.dispatch(command, context);
    const id = command.data.editionId;
    return this.executeOn(id, command, context, async () => ({ agenda: await this.agendaOf(id) }));
  }

  /** Under the next number that is free. Whoever takes it meanwhile is the one before. */
  private async dispatch(command: DispatchEdition, context: CommandContext): Promise<CommandAnswer> {
    const { agendaId } = command.data;
    for (let number = 1; ; number++) {
      number = await this.numberFor(agendaId, context.commandId, number);
      const id = editionId(agendaId, number);
      try {
        return await this.executeOn(id, command, context, async () => {
          const agenda = await this.agendaOf(agendaId);
          return { agenda, frozen: agenda && (await this.log.freeze({ ...command.data, editionId: id, number }, agenda)) };
        });
      } catch (error) {
        if (!(error instanceof DomainRejection && error.code === 'EDITION_ALREADY_DISPATCHED')) throw error;
      }
    }
  }

  /** That under which this very command was carried out before, else the first that is free. */
  private async numberFor(agendaId: string, commandId: string, from: number): Promise<number> {
    for (let number = from; ; number++) {
      const [dispatched] = await this.log.store.readStream(streamOf.edition(editionId(agendaId, number)), 0, 1);
      if (!dispatched || (dispatched.metadata as unknown as EventMetadata).commandId === commandId) return number;
    }
  }

  private executeOn(id: string, command: EditionCommand, context: CommandContext, facts: () => Promise<EditionFacts>): Promise<CommandAnswer> {
    return execute(this.log, { decider: editionDecider, id, stream: streamOf.edition(id), facts }, command, context);
  }

  private agendaOf(id: string) {
    return stateOf(this.log.store, agendaDecider, streamOf.agenda(agendaOf(id)));
  }
}
