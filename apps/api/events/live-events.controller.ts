import { once } from 'node:events';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Position } from '#event-store/event-store.js';
import { comparePositions, isPosition } from '#event-store/position.js';
import { matches, type EventFilter } from '#queries/event-log.js';
import { ReadModel } from '#queries/read-model.js';
import { Trail } from '../access-records/trail.js';
import { Reads } from '../access/declared-access.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { parameterProblem } from '../reading/reader.js';
import { Unhurried } from '../request/deadline.js';
import { Offers } from '../request/negotiation.js';
import { Line, LogPosition } from '../validation/fields.js';
import { LiveLimits } from './live-limits.js';

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

/** Milliseconds after which a client that lost the connection comes back. */
const RETRY_MS = 2_000;

@ApiTags('The log')
@Controller('v1')
export class LiveEventsController {
  /** Of each subject that follows the log now. */
  private readonly streams = new Map<string, number>();

  constructor(
    private readonly model: ReadModel,
    private readonly trail: Trail,
    private readonly limits: LiveLimits,
  ) {}

  @Get('events/live')
  @Reads('auditor')
  @Offers('text/event-stream')
  @Unhurried()
  @ApiOperation({
    operationId: 'followEvents',
    summary: 'The raw log as it grows, as server-sent events',
    description:
      'Each event’s id is its log position, by which a client that lost the connection goes on. A reader who takes nothing for long is let go. ' +
      'It is recorded who followed the log, when and from where on. For the role: auditor.',
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
  @problemResponses(['PARAMETER_INVALID', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'READ_NOT_RECORDED'])
  async follow(@Req() request: Request, @Res() response: Response, @Query() question: LiveQuestion): Promise<void> {
    const head = await this.model.store.head();
    const after = lastEventId(request.get('Last-Event-ID')) ?? question.after ?? head;
    if (comparePositions(after, head) > 0) throw parameterProblem('after', `is ${after}, and the log ends at ${head}`);
    const leave = this.enter(request.actor!.subject);
    response.once('close', leave);
    try {
      await this.trail.leave({ request, response }, { position: after, asked: { after } });
      await this.send(response, after, question);
    } finally {
      leave();
    }
  }

  private async send(response: Response, after: Position, filter: EventFilter): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.model.closing]);
    response.status(200).set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache', 'X-Accel-Buffering': 'no' });
    response.write(`retry: ${RETRY_MS}\n\n`);
    // One who has yet to take what was sent is not sent more.
    const heartbeat = setInterval(() => response.writableNeedDrain || response.write(': still here\n\n'), this.limits.heartbeat);
    try {
      for await (const { events } of this.model.store.subscribe(after, signal)) {
        for (const event of events) {
          if (signal.aborted) return;
          if (!matches(event, filter)) continue;
          const isTaken = response.write(`id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
          if (!isTaken && !(await drained(response, signal, this.limits.patience))) return void response.destroy();
        }
      }
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }

  /** @returns what is to be called, once or more often, when the subject follows no longer */
  private enter(subject: string): () => void {
    const { streams, limits } = this;
    const own = streams.get(subject) ?? 0;
    const all = [...streams.values()].reduce((sum, count) => sum + count, 0);
    if (own >= limits.streamsOfOne || all >= limits.streams) {
      throw new Problem('TOO_MANY_REQUESTS', 'Too many follow the log at once.', { headers: { 'Retry-After': '30' } });
    }
    streams.set(subject, own + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const others = streams.get(subject)! - 1;
      if (others === 0) streams.delete(subject);
      else streams.set(subject, others);
    };
  }
}

/** Whether the client, who reads more slowly than the log is read, has taken what was sent to it, in time. */
async function drained(response: Response, signal: AbortSignal, patience: number): Promise<boolean> {
  try {
    await once(response, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) });
    return true;
  } catch {
    return false;
  }
}

function lastEventId(value: string | undefined): Position | undefined {
  if (value === undefined || isPosition(value)) return value;
  const detail = 'must be the id of the last event received, a log position';
  throw new Problem('HEADER_INVALID', `The header Last-Event-ID ${detail}.`, { errors: [{ header: 'Last-Event-ID', detail }] });
}
