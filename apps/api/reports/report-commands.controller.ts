import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import type { RejectionCode } from '#domain/rejection.js';
import { derivedId } from '#platform/ids.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { contentOf } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { AcceptReport, ProgressReport, ReturnReport } from './report-bodies.js';

const OF_REPORTING: readonly RejectionCode[] = ['PERIOD_UNKNOWN', 'NOT_A_MEMBER_STATE', 'STATE_NOT_PARTICIPATING', 'NOT_ASSIGNED', 'AGENDA_CLOSED'];
const OF_SUBJECTS: readonly RejectionCode[] = ['PRIORITY_WITHDRAWN', 'COMMITMENT_WITHDRAWN', 'COMMITMENT_CLOSED'];

@ApiTags('Reports')
@Controller('v1')
export class ReportCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('ReportProgress', 'POST /priorities/:priorityId/reports', {
    operationId: 'reportProgressOfPriority',
    summary: 'Report how far a state or body is with a priority',
    description: 'The report is that of the token’s own state or body. A later one for the same period supersedes it.',
    makesIn: '/v1/reports',
    refusals: ['PRIORITY_UNKNOWN', 'PRIORITY_WITHDRAWN', ...OF_REPORTING],
  })
  reportOnPriority(@PathId('priorityId') priorityId: string, @Body() body: ProgressReport, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.report(priorityId, body, context);
  }

  @CommandDoor('ReportProgress', 'POST /commitments/:commitmentId/reports', {
    operationId: 'reportProgressOfCommitment',
    summary: 'Report how far a state or body is with a commitment',
    description: 'The report is that of the token’s own state or body. A later one for the same period supersedes it.',
    makesIn: '/v1/reports',
    refusals: ['COMMITMENT_UNKNOWN', 'COMMITMENT_WITHDRAWN', 'COMMITMENT_CLOSED', ...OF_REPORTING],
  })
  reportOnCommitment(@PathId('commitmentId') commitmentId: string, @Body() body: ProgressReport, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.report(commitmentId, body, context);
  }

  @CommandDoor('CorrectReport', 'PUT /reports/:reportId', {
    summary: 'Submit a report anew, in place of what it said',
    refusals: ['REPORT_UNKNOWN', 'NOT_YOUR_REPORT', 'REPORT_ACCEPTED', 'REPORT_PERIOD_FIXED', 'PERIOD_LOCKED', ...OF_REPORTING, ...OF_SUBJECTS],
  })
  correct(@PathId('reportId') reportId: string, @Body() body: ProgressReport, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'CorrectReport', data: { reportId, ...contentOf(body) } }, context);
  }

  @CommandDoor('ReturnReport', 'POST /reports/:reportId/return', {
    summary: 'Send a report back to its reporter, and say why',
    refusals: ['REPORT_UNKNOWN', 'REPORT_RETURNED', 'REPORT_ACCEPTED', 'SELF_REVIEW', 'AGENDA_CLOSED', ...OF_SUBJECTS],
  })
  return(@PathId('reportId') reportId: string, @Body() body: ReturnReport, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'ReturnReport', data: { reportId, ...contentOf(body) } }, context);
  }

  @CommandDoor('AcceptReport', 'POST /reports/:reportId/acceptance', {
    summary: 'Accept a report',
    refusals: ['REPORT_UNKNOWN', 'REPORT_RETURNED', 'REPORT_ACCEPTED', 'REPORT_ON_OLDER_TEXT', 'SELF_REVIEW', 'AGENDA_CLOSED', ...OF_SUBJECTS],
  })
  accept(@PathId('reportId') reportId: string, @Body() body: AcceptReport, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'AcceptReport', data: { reportId, ...contentOf(body) } }, context);
  }

  /** The id comes from the command's, so that the same command again is the same report. */
  private report(subject: string, body: ProgressReport, context: CommandContext): Promise<CommandAnswer> {
    const reportId = derivedId(context.commandId, 'report');
    return this.commands.issue({ type: 'ReportProgress', data: { reportId, subject, ...contentOf(body) } }, context);
  }
}
