import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags, type SchemaObject } from '@nestjs/swagger';
import type { Response } from 'express';
import { Open } from '../access/declared-access.js';
import { API_PARTS, type ApiParts } from '../parts.js';
import { Offers } from '../request/negotiation.js';
import { healthOf } from './health.js';

const HEALTH_SCHEMA: SchemaObject = {
  type: 'object',
  required: ['status', 'parts'],
  properties: {
    status: { type: 'string', enum: ['ready', 'not ready'] },
    parts: {
      type: 'array',
      items: { type: 'object', required: ['name', 'ready'], properties: { name: { type: 'string' }, ready: { type: 'boolean' } } },
    },
  },
};
const health = (ready: boolean) => ({
  'application/json': {
    schema: HEALTH_SCHEMA,
    example: { status: ready ? 'ready' : 'not ready', parts: [{ name: 'event store', ready }, { name: 'projections', ready: true }] },
  },
});

@ApiTags('Operations')
@Controller()
@Open()
export class OperationsController {
  constructor(@Inject(API_PARTS) private readonly parts: ApiParts) {}

  @Get('health/live')
  @ApiOperation({ operationId: 'isAlive', summary: 'Whether the process runs' })
  @ApiResponse({
    status: 200,
    description: 'It runs',
    content: { 'application/json': { schema: { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['alive'] } } }, example: { status: 'alive' } } },
  })
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('health/ready')
  @ApiOperation({ operationId: 'isReady', summary: 'Whether every part is ready, and which is not' })
  @ApiResponse({ status: 200, description: 'Every part is ready', content: health(true) })
  @ApiResponse({ status: 503, description: 'Some part is not ready', content: health(false) })
  async ready(@Res({ passthrough: true }) response: Response): Promise<unknown> {
    const answer = await healthOf(this.parts.health, this.parts.logger);
    response.status(answer.status === 'ready' ? 200 : 503).set('Cache-Control', 'no-store');
    return answer;
  }

  @Get('metrics')
  @Offers('text/plain')
  @ApiProduces('text/plain')
  @ApiOperation({ operationId: 'readMetrics', summary: 'Measurements, for Prometheus' })
  @ApiResponse({
    status: 200,
    description: 'The Prometheus text format',
    content: { 'text/plain': { schema: { type: 'string' }, example: 'process_cpu_seconds_total 1.27\n' } },
  })
  async metrics(@Res() response: Response): Promise<void> {
    const { registry } = this.parts;
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  }
}
