import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { Agreement, DecidedChange, ReasonedChange } from '../doors/decision.js';
import { contentOf } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { CarryOverCommitment, CloseCommitment } from './commitment-bodies.js';
import { ENDED } from './refusals.js';

/** What is decided of a commitment. */
@ApiTags('Commitments')
@Controller('v1/commitments/:commitmentId')
export class CommitmentLifecycleController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('AgreeCommitment', 'POST /agreement', {
    summary: 'Record that the member states agreed to a commitment',
    refusals: [...ENDED, 'COMMITMENT_ALREADY_AGREED', 'COMMITMENT_SUSPENDED'],
  })
  agree(@PathId('commitmentId') commitmentId: string, @Body() body: Agreement, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AgreeCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('SuspendCommitment', 'POST /suspension', {
    summary: 'Put an agreed commitment on hold',
    refusals: [...ENDED, 'COMMITMENT_NOT_AGREED', 'COMMITMENT_SUSPENDED'],
  })
  suspend(@PathId('commitmentId') commitmentId: string, @Body() body: DecidedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'SuspendCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('ResumeCommitment', 'POST /resumption', {
    summary: 'Put a suspended commitment in force again',
    refusals: [...ENDED, 'COMMITMENT_NOT_SUSPENDED'],
  })
  resume(@PathId('commitmentId') commitmentId: string, @Body() body: DecidedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'ResumeCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('CloseCommitment', 'POST /closure', {
    summary: 'Record what a commitment came to',
    refusals: [...ENDED, 'COMMITMENT_NOT_AGREED', 'COMMITMENT_SUSPENDED'],
  })
  close(@PathId('commitmentId') commitmentId: string, @Body() body: CloseCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'CloseCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('ReopenCommitment', 'POST /reopening', {
    summary: 'Put a closed commitment in force again',
    refusals: ['COMMITMENT_UNKNOWN', 'COMMITMENT_NOT_CLOSED', 'AGENDA_CLOSED'],
  })
  reopen(@PathId('commitmentId') commitmentId: string, @Body() body: DecidedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'ReopenCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('CarryOverCommitment', 'POST /carry-over', {
    summary: 'Go on with a commitment in another agenda',
    refusals: [...ENDED, 'COMMITMENT_NOT_AGREED', 'CARRY_OVER_TARGET_INVALID'],
  })
  carryOver(@PathId('commitmentId') commitmentId: string, @Body() body: CarryOverCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'CarryOverCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('WithdrawCommitment', 'POST /withdrawal', {
    summary: 'Withdraw a commitment from the agenda',
    description: 'A decision is cited where the commitment had been agreed.',
    refusals: [...ENDED, 'DECISION_REQUIRED'],
  })
  withdraw(@PathId('commitmentId') commitmentId: string, @Body() body: ReasonedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'WithdrawCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }
}
