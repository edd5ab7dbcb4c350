import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { requireAuthority } from '#domain/authority.js';
import type { Command } from '#domain/commands.js';
import { reject } from '#domain/rejection.js';
import { AgendaEnvelope } from './agenda-commands.js';
import { BodyEnvelope } from './body-commands.js';
import type { CommandAnswer, CommandContext } from './command-context.js';
import { CommandLog } from './command-log.js';
import { CommitmentEnvelope } from './commitment-commands.js';
import { digestOf } from './digest.js';
import { EditionEnvelope } from './edition-commands.js';
import { PriorityEnvelope } from './priority-commands.js';
import { ReportEnvelope } from './report-commands.js';

/** The furthest that any time zone is ahead of UTC, where "today" may be tomorrow. */
const FURTHEST_AHEAD_MS = 14 * 60 * 60 * 1000;

/** The one way by which commands reach the log: from REST, from files, from the command line. */
@Injectable()
export class CommandService {
  constructor(
    private readonly bus: CommandBus,
    private readonly log: CommandLog,
  ) {}

  /** @throws what `execute` throws */
  async issue(command: Command, context: CommandContext): Promise<CommandAnswer> {
    requireAuthority(context.actor, command.type);
    this.requirePast(context.occurredOn);
    if (context.idempotencyKey === undefined) return this.bus.execute(envelope(command, context));

    const answered = await this.log.keys.claim(context.commandId, digestOf(command, context.occurredOn));
    if (answered) return answered;
    const answer = await this.bus.execute(envelope(command, context));
    return answer.recorded === 0 ? this.log.keys.keep(context.commandId, answer) : answer;
  }

  private requirePast(occurredOn: string | undefined): void {
    const latest = new Date(this.log.clock().getTime() + FURTHEST_AHEAD_MS).toISOString().slice(0, 10);
    if (occurredOn !== undefined && occurredOn > latest) {
      reject('OCCURRED_IN_FUTURE', `It is said to have happened on ${occurredOn}; the latest that can be is ${latest}.`, '/occurredOn');
    }
  }
}

/** The bus dispatches by class: one envelope for each aggregate. */
function envelope(command: Command, context: CommandContext) {
  switch (command.type) {
    case 'OpenAgenda':
    case 'RecordParticipation':
    case 'CloseAgenda':
      return new AgendaEnvelope(command, context);
    case 'RegisterBody':
    case 'RenameBody':
    case 'RetireBody':
      return new BodyEnvelope(command, context);
    case 'ProposePriority':
    case 'AmendPriority':
    case 'AgreePriority':
    case 'AssignPriority':
    case 'UnassignPriority':
    case 'WithdrawPriority':
      return new PriorityEnvelope(command, context);
    case 'ReportProgress':
    case 'CorrectReport':
    case 'ReturnReport':
    case 'AcceptReport':
      return new ReportEnvelope(command, context);
    case 'DispatchEdition':
    case 'AcknowledgeEdition':
    case 'StatePosition':
    case 'RecordDelivery':
    case 'RecordDeliveryFailure':
    case 'RecordSilence':
      return new EditionEnvelope(command, context);
    default:
      return new CommitmentEnvelope(command, context);
  }
}
