import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import { agendaOf, commitmentId as idOf } from '#domain/identifiers.js';
import { Assignment } from '../doors/assignment.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { contentOf, Occurrence } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { AmendCommitment, AssessCommitment, ProposeCommitment, RescheduleCommitment, SetMilestone } from './commitment-bodies.js';
import { ENDED } from './refusals.js';

/** What a commitment says, who carries it, and how it goes. */
@ApiTags('Commitments')
@Controller('v1')
export class CommitmentCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('ProposeCommitment', 'POST /priorities/:priorityId/commitments', {
    summary: 'Put a commitment under a priority',
    makesIn: '/v1/commitments',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', 'COMMITMENT_ALREADY_PROPOSED', 'LINEAGE_UNKNOWN', 'AGENDA_CLOSED'],
  })
  propose(@PathId('priorityId') priorityId: string, @Body() body: ProposeCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    const ids = { commitmentId: idOf(priorityId, body.number), priorityId, agendaId: agendaOf(priorityId) };
    return this.commands.issue({ type: 'ProposeCommitment', data: { ...ids, ...contentOf(body) } }, context);
  }

  @CommandDoor('AmendCommitment', 'PATCH /commitments/:commitmentId', {
    summary: 'Change what a commitment says',
    description: 'A field that is given replaces the old value whole; null takes it away; others stay. A changed text lapses the acceptance of reports made on the older one.',
    refusals: ENDED,
  })
  amend(@PathId('commitmentId') commitmentId: string, @Body() body: AmendCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AmendCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('AssignCommitment', 'POST /commitments/:commitmentId/assignments', {
    summary: 'Assign a commitment to a body, as lead or in support',
    description: 'Said again of the same body, the later role holds.',
    refusals: [...ENDED, 'ASSIGNEE_UNKNOWN', 'BODY_RETIRED'],
  })
  assign(@PathId('commitmentId') commitmentId: string, @Body() body: Assignment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AssignCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('UnassignCommitment', 'DELETE /commitments/:commitmentId/assignments/:bodyId', {
    summary: 'Take a commitment from a body',
    refusals: [...ENDED, 'ASSIGNMENT_UNKNOWN', 'BODY_UNKNOWN'],
  })
  unassign(
    @PathId('commitmentId') commitmentId: string,
    @PathId('bodyId') body: string,
    @Query() _query: Occurrence,
    @Context() context: CommandContext,
  ): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'UnassignCommitment', data: { commitmentId, body } }, context);
  }

  @CommandDoor('RescheduleCommitment', 'POST /commitments/:commitmentId/schedule', {
    summary: 'Move the due date of a commitment, and say why',
    refusals: ENDED,
  })
  reschedule(@PathId('commitmentId') commitmentId: string, @Body() body: RescheduleCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'RescheduleCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }

  @CommandDoor('SetMilestone', 'POST /commitments/:commitmentId/milestones', {
    summary: 'Set a dated checkpoint of a commitment, or set it anew',
    refusals: [...ENDED, 'MILESTONE_REACHED'],
  })
  setMilestone(@PathId('commitmentId') commitmentId: string, @Body() body: SetMilestone, @Context() context: CommandContext): Promise<CommandAnswer> {
    const { id, ...content } = contentOf(body);
    return this.commands.issue({ type: 'SetMilestone', data: { commitmentId, milestoneId: id, ...content } }, context);
  }

  @CommandDoor('ReachMilestone', 'POST /commitments/:commitmentId/milestones/:milestoneId/reached', {
    summary: 'Record that a milestone was reached',
    refusals: [...ENDED, 'MILESTONE_UNKNOWN'],
  })
  reachMilestone(
    @PathId('commitmentId') commitmentId: string,
    @PathId('milestoneId') milestoneId: string,
    @Body() _body: Occurrence,
    @Context() context: CommandContext,
  ): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'ReachMilestone', data: { commitmentId, milestoneId } }, context);
  }

  @CommandDoor('AssessCommitment', 'POST /commitments/:commitmentId/assessments', {
    summary: 'Give the Secretariat’s own judgement of a commitment',
    description: 'It never overwrites what states and bodies report of themselves.',
    refusals: ['COMMITMENT_UNKNOWN', 'COMMITMENT_NOT_AGREED', 'COMMITMENT_WITHDRAWN', 'AGENDA_CLOSED'],
  })
  assess(@PathId('commitmentId') commitmentId: string, @Body() body: AssessCommitment, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AssessCommitment', data: { commitmentId, ...contentOf(body) } }, context);
  }
}
