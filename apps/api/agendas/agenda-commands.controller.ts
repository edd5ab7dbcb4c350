import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { DecidedChange } from '../doors/decision.js';
import { contentOf } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { OpenAgenda, RecordParticipation } from './agenda-bodies.js';

@ApiTags('Agendas')
@Controller('v1')
export class AgendaCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('OpenAgenda', 'POST /agendas', {
    summary: 'Open the agenda of a chairmanship',
    makesIn: '/v1/agendas',
    refusals: ['AGENDA_ALREADY_OPENED', 'TERM_INVALID', 'PERIOD_INVALID', 'STATE_REPEATED', 'STATE_UNKNOWN'],
  })
  open(@Body() body: OpenAgenda, @Context() context: CommandContext): Promise<CommandAnswer> {
    const { id, ...content } = contentOf(body);
    return this.commands.issue({ type: 'OpenAgenda', data: { agendaId: id, ...content } }, context);
  }

  @CommandDoor('RecordParticipation', 'POST /agendas/:agendaId/participations', {
    summary: 'Record whether a member state takes part',
    refusals: ['AGENDA_UNKNOWN', 'AGENDA_CLOSED', 'STATE_UNKNOWN'],
  })
  recordParticipation(
    @PathId('agendaId') agendaId: string,
    @Body() body: RecordParticipation,
    @Context() context: CommandContext,
  ): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'RecordParticipation', data: { agendaId, ...contentOf(body) } }, context);
  }

  @CommandDoor('CloseAgenda', 'POST /agendas/:agendaId/closure', {
    summary: 'Close the agenda at the end of the chairmanship',
    description: 'Nothing under a closed agenda changes any more.',
    refusals: ['AGENDA_UNKNOWN', 'AGENDA_ALREADY_CLOSED'],
  })
  close(@PathId('agendaId') agendaId: string, @Body() body: DecidedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'CloseAgenda', data: { agendaId, ...contentOf(body) } }, context);
  }
}
