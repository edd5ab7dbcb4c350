import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import { priorityId as idOf } from '#domain/identifiers.js';
import { Assignment } from '../doors/assignment.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { Agreement, ReasonedChange } from '../doors/decision.js';
import { contentOf, Occurrence } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { AmendPriority, ProposePriority } from './priority-bodies.js';

@ApiTags('Priorities')
@Controller('v1')
export class PriorityCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('ProposePriority', 'POST /agendas/:agendaId/priorities', {
    summary: 'Put a priority on the agenda',
    makesIn: '/v1/priorities',
    refusals: ['AGENDA_UNKNOWN', 'AGENDA_CLOSED', 'PRIORITY_ALREADY_PROPOSED'],
  })
  propose(@PathId('agendaId') agendaId: string, @Body() body: ProposePriority, @Context() context: CommandContext): Promise<CommandAnswer> {
    const priorityId = idOf(agendaId, body.number);
    return this.commands.issue({ type: 'ProposePriority', data: { priorityId, agendaId, ...contentOf(body) } }, context);
  }

  @CommandDoor('AmendPriority', 'PATCH /priorities/:priorityId', {
    summary: 'Change what a priority says',
    description: 'A field that is given replaces the old value whole; null takes it away; others stay. A changed text lapses the acceptance of reports made on the older one.',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', 'AGENDA_CLOSED'],
  })
  amend(@PathId('priorityId') priorityId: string, @Body() body: AmendPriority, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AmendPriority', data: { priorityId, ...contentOf(body) } }, context);
  }

  @CommandDoor('AgreePriority', 'POST /priorities/:priorityId/agreement', {
    summary: 'Record that the member states agreed to a priority',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_ALREADY_AGREED', 'PRIORITY_WITHDRAWN', 'AGENDA_CLOSED'],
  })
  agree(@PathId('priorityId') priorityId: string, @Body() body: Agreement, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AgreePriority', data: { priorityId, ...contentOf(body) } }, context);
  }

  @CommandDoor('AssignPriority', 'POST /priorities/:priorityId/assignments', {
    summary: 'Assign a priority to a body, as lead or in support',
    description: 'Said again of the same body, the later role holds.',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', 'ASSIGNEE_UNKNOWN', 'BODY_RETIRED', 'AGENDA_CLOSED'],
  })
  assign(@PathId('priorityId') priorityId: string, @Body() body: Assignment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AssignPriority', data: { priorityId, ...contentOf(body) } }, context);
  }

  @CommandDoor('UnassignPriority', 'DELETE /priorities/:priorityId/assignments/:bodyId', {
    summary: 'Take a priority from a body',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', 'ASSIGNMENT_UNKNOWN', 'AGENDA_CLOSED', 'BODY_UNKNOWN'],
  })
  unassign(
    @PathId('priorityId') priorityId: string,
    @PathId('bodyId') body: string,
    @Query() _query: Occurrence,
    @Context() context: CommandContext,
  ): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'UnassignPriority', data: { priorityId, body } }, context);
  }

  @CommandDoor('WithdrawPriority', 'POST /priorities/:priorityId/withdrawal', {
    summary: 'Withdraw a priority from the agenda',
    description: 'A decision is cited where the priority had been agreed.',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', 'DECISION_REQUIRED', 'AGENDA_CLOSED'],
  })
  withdraw(@PathId('priorityId') priorityId: string, @Body() body: ReasonedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'WithdrawPriority', data: { priorityId, ...contentOf(body) } }, context);
  }
}
