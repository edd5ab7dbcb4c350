import { once } from 'node:events';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Position } from '#event-store/event-store.js';
import { isPosition } from '#event-store/position.js';
import { matches } from '#queries/event-log.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { Unhurried } from '../request/deadline.js';
import { Offers } from '../request/negotiation.js';
import { Line, LogPosition } from '../validation/fields.js';

class LiveQuestion {
  @LogPosition({ optional: true, description: 'The position after which the events begin; from now on where absent' })
  after?: string;

  @Line({ max: 200, optional: true, description: 'One stream alone', example: 'priority-csto-2024.2' })
  stream?: string;

  @Line({ max: 100, optional: true, description: 'One type alone', example: 'PriorityProposed' })
  type?: string;

  @Line({ max: 200, optional: true, description: 'Of one subject alone, as tokens name it', example: 'liaison-kg' })
  actor?: string;
}

/** Proxies give up on connections that stay silent for long. */
const HEARTBEAT_MS = 15_000;

@ApiTags('The log')
@Controller('v1')
export class LiveEventsController {
  constructor(private readonly model: ReadModel) {}

  @Get('events/live')
  @Reads('auditor')
  @Offers('text/event-stream')
  @Unhurried()
  @ApiOperation({
    operationId: 'followEvents',
    summary: 'The raw log as it grows, as server-sent events',
    description: 'Each event’s id is its log position, by which a client that lost the connection goes on. For the role: auditor.',
  })
  @ApiHeader({ name: 'Last-Event-ID', description: 'The position of the last event received', schema: { type: 'string' }, example: '1042' })
  @ApiResponse({
    status: 200,
    description: 'Events until the client or the service ends the stream',
    content: {
      'text/event-stream': {
        schema: { type: 'string' },
        example: 'id: 1043\nevent: PriorityProposed\ndata: {"id":"…","type":"PriorityProposed","stream":"priority-csto-2024.2"}\n\n',
      },
    },
  })
  @problemResponses(['PARAMETER_INVALID', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY'])
  async follow(@Req() request: Request, @Res() response: Response, @Query() question: LiveQuestion): Promise<void> {
    const after = lastEventId(request.get('Last-Event-ID')) ?? question.after ?? (await this.model.store.head());
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' });
    response.flushHeaders();
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      const signal = AbortSignal.any([gone.signal, this.model.closing]);
      for await (const { events } of this.model.store.subscribe(after, signal)) {
        for (const event of events) {
          if (!matches(event, question)) continue;
          await written(response, `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, signal);
        }
      }
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }
}

/** Waits where the client reads more slowly than the log is read. */
async function written(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(text)) return;
  await once(response, 'drain', { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function lastEventId(value: string | undefined): Position | undefined {
  if (value === undefined || isPosition(value)) return value;
  const detail = 'must be the id of the last event received, a log position';
  throw new Problem('HEADER_INVALID', `The header Last-Event-ID ${detail}.`, { errors: [{ header: 'Last-Event-ID', detail }] });
}
