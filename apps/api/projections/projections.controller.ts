import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { ProjectionStatus } from '#projections/status.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { listOf, orNull, record, whole, word } from '../reading/shape.js';
import { ProjectionDesk } from './projection-desk.js';

const statusShape = record({
  name: word('Of the projection', 'work'),
  version: whole('Of its definition', 1),
  position: word('How far along the log its tables are', '1042'),
  head: word('How far the log is', '1042'),
  lag: whole('How many positions it is behind', 0),
  state: { type: 'string', enum: ['live', 'rebuilding', 'stalled', 'absent'], example: 'live' },
  stalled: orNull(
    record({ position: word('Of the event that it cannot take', '1043'), eventId: word('Of that event', '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e'), error: word('Why', 'value out of range') }),
  ),
  rebuild: orNull(record({ position: word('How far the tables that are built aside are', '600') })),
});

const statusesShape = record({ items: listOf(statusShape), position: word('How far all of them are', '1042') });

@ApiTags('Operations')
@Controller('v1')
export class ProjectionsController {
  constructor(
    private readonly desk: ProjectionDesk,
    private readonly model: ReadModel,
  ) {}

  @ReadDoor('projections', {
    operationId: 'listProjections',
    summary: 'Each projection’s position and how far it is behind the log',
    roles: ['operator', 'auditor'],
    answer: statusesShape,
  })
  async list(@HttpExchange() exchange: Exchange): Promise<string> {
    const [items, position] = await Promise.all([this.desk.status(), this.model.side.position()]);
    exchange.response.set('Log-Position', position);
    return documentText(exchange, { items, position });
  }

  @Post('projections/:projection/rebuild')
  @HttpCode(202)
  @Reads('operator')
  @ApiOperation({
    operationId: 'rebuildProjection',
    summary: 'Build a projection anew from the log',
    description: 'The old tables serve until the new ones have caught up and take their place at once. `GET /v1/projections` tells how far it is. For the role: operator.',
  })
  @ApiResponse({ status: 202, description: 'It is being built', schema: statusShape })
  @problemResponses(['TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'PROJECTION_UNKNOWN', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'TIMED_OUT'])
  async rebuild(@PathId('projection') name: string): Promise<ProjectionStatus> {
    if (!(await this.statusOf(name))) throw new Problem('PROJECTION_UNKNOWN', `There is no projection ${name}.`);
    await this.desk.requestRebuild(name);
    return (await this.statusOf(name))!;
  }

  private async statusOf(name: string): Promise<ProjectionStatus | undefined> {
    return (await this.desk.status()).find((status) => status.name === name);
  }
}
