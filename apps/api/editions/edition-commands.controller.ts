import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import type { Instant } from '#domain/values.js';
import { isCalendarDate } from '#domain/calendar-date.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { contentOf } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { AcknowledgeEdition, DispatchEdition, StatePosition } from './edition-bodies.js';

const DAY_MS = 86_400_000;

@ApiTags('Editions')
@Controller('v1')
export class EditionCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('DispatchEdition', 'POST /agendas/:agendaId/editions', {
    summary: 'Send the agenda as it stands to the member states, under the next number',
    description:
      'The agenda freezes as everything recorded until now has it; its content is kept under its SHA-256 digest for ever, with the ledger’s signed checkpoint.',
    makesIn: '/v1/editions',
    refusals: [
      'AGENDA_UNKNOWN', 'AGENDA_CLOSED', 'AGENDA_EMPTY', 'NO_RECIPIENTS', 'STATE_REPEATED', 'STATE_UNKNOWN', 'RECIPIENT_NOT_PARTICIPATING', 'DEADLINE_PAST',
    ],
    troubles: ['READ_SIDE_BEHIND', 'LEDGER_BEHIND'],
  })
  dispatch(@PathId('agendaId') agendaId: string, @Body() body: DispatchEdition, @Context() context: CommandContext): Promise<CommandAnswer> {
    const { silenceDeadline, ...content } = contentOf(body);
    const deadline = silenceDeadline === undefined ? {} : { silenceDeadline: instantOf(silenceDeadline) };
    return this.commands.issue({ type: 'DispatchEdition', data: { agendaId, ...content, ...deadline } }, context);
  }

  @CommandDoor('AcknowledgeEdition', 'POST /editions/:editionId/acknowledgement', {
    summary: 'Confirm that one’s state has an edition, by the digest of what it received',
    refusals: ['EDITION_UNKNOWN', 'NOT_A_RECIPIENT', 'DIGEST_MISMATCH'],
  })
  acknowledge(@PathId('editionId') editionId: string, @Body() body: AcknowledgeEdition, @Context() context: CommandContext): Promise<CommandAnswer> {
    const digest = body.digest.toLowerCase();
    return this.commands.issue({ type: 'AcknowledgeEdition', data: { editionId, digest } }, context);
  }

  @CommandDoor('StatePosition', 'POST /editions/:editionId/positions', {
    summary: 'State the position of one’s state on an edition',
    description: 'It may be stated anew; each is kept. After the silence deadline it is kept and marked as late.',
    refusals: ['EDITION_UNKNOWN', 'NOT_A_RECIPIENT', 'STATE_NOT_PARTICIPATING'],
  })
  state(@PathId('editionId') editionId: string, @Body() body: StatePosition, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'StatePosition', data: { editionId, ...contentOf(body) } }, context);
  }
}

/** A day stands for its end. */
const instantOf = (deadline: string): Instant =>
  new Date(isCalendarDate(deadline) ? Date.parse(deadline) + DAY_MS : Date.parse(deadline)).toISOString();
