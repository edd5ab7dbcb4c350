import { MAY_ISSUE } from '#domain/authority.js';
import type { Command } from '#domain/commands.js';
import { DomainRejection } from '#domain/rejection.js';
import { derivedId } from '#platform/ids.js';
import type { CommandService } from '../command-service.js';

/** Namespace (RFC 9562) of the ids of commands that hand an agenda over. */
const HANDOVER_COMMANDS = '9d1b7f3e-2c4a-5e6d-8b90-6d696e646574';

export type CarriedOut = { readonly command: Command; readonly id?: string; readonly rejection?: DomainRejection };

/**
 * Gives the commands in turn, and ends at the first that is refused. A command has the same id in every handover between
 * the two agendas: given twice at the same time, it is one.
 */
export async function* carryOut(commands: Pick<CommandService, 'issue'>, plan: readonly Command[], between: readonly [from: string, to: string]): AsyncGenerator<CarriedOut> {
  for (const command of plan) {
    const commandId = derivedId(HANDOVER_COMMANDS, JSON.stringify([...between, command]));
    const [role] = MAY_ISSUE[command.type];
    try {
      const { id } = await commands.issue(command, { actor: { subject: 'handover', role }, commandId, correlationId: `handover-${between.join('-')}` });
      yield { command, id };
    } catch (error) {
      if (!(error instanceof DomainRejection)) throw error;
      yield { command, rejection: error };
      return;
    }
  }
}
