import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { CommandAnswer, CommandContext } from '#commands/command-context.js';
import { CommandService } from '#commands/command-service.js';
import { CommandDoor } from '../doors/command-door.js';
import { Context } from '../doors/context.js';
import { ReasonedChange } from '../doors/decision.js';
import { contentOf } from '../doors/occurrence.js';
import { PathId } from '../doors/path-ids.js';
import { RegisterBody, RenameBody } from './body-bodies.js';

@ApiTags('Bodies')
@Controller('v1/bodies')
export class BodyCommandsController {
  constructor(private readonly commands: CommandService) {}

  @CommandDoor('RegisterBody', 'POST /', {
    summary: 'Enter a body in the register, so that work can be assigned to it',
    makesIn: '/v1/bodies',
    refusals: ['BODY_ALREADY_REGISTERED'],
  })
  register(@Body() body: RegisterBody, @Context() context: CommandContext): Promise<CommandAnswer> {
    const { id, ...content } = contentOf(body);
    return this.commands.issue({ type: 'RegisterBody', data: { bodyId: id, ...content } }, context);
  }

  @CommandDoor('RenameBody', 'PATCH /:bodyId', {
    summary: 'Change the official names of a body',
    description: 'The names given are all its names from now on.',
    refusals: ['BODY_UNKNOWN', 'BODY_RETIRED'],
  })
  rename(@PathId('bodyId') bodyId: string, @Body() body: RenameBody, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'RenameBody', data: { bodyId, ...contentOf(body) } }, context);
  }

  @CommandDoor('RetireBody', 'POST /:bodyId/retirement', {
    summary: 'Retire a body, which then takes no new work',
    refusals: ['BODY_UNKNOWN', 'BODY_RETIRED'],
  })
  retire(@PathId('bodyId') bodyId: string, @Body() body: ReasonedChange, @Context() context: CommandContext): Promise<CommandAnswer> {
    return this.commands.issue({ type: 'RetireBody', data: { bodyId, ...contentOf(body) } }, context);
  }
}
