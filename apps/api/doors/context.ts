import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { commandIdOf, type CommandContext } from '#commands/command-context.js';
import { causationIdOf, correlationIdOf, idempotencyKeyOf, ifMatchOf } from '../request/header-values.js';

/** What came with a command beside its body. The correlation id is answered, so that a client without one can follow its command. */
export const Context = createParamDecorator((_data: unknown, context: ExecutionContext): CommandContext => {
  const request = context.switchToHttp().getRequest<Request>();
  const response = context.switchToHttp().getResponse<Response>();
  const correlationId = correlationIdOf(request);
  response.set('X-Correlation-Id', correlationId);
  const actor = request.actor!;
  const idempotencyKey = idempotencyKeyOf(request);
  const ifMatch = ifMatchOf(request);
  const causationId = causationIdOf(request);
  const occurredOn = occurredOnOf(request);
  return {
    actor,
    commandId: commandIdOf(actor, idempotencyKey),
    correlationId,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(causationId !== undefined && { causationId }),
    ...(occurredOn !== undefined && { occurredOn }),
  };
});

/** Validation has the last word on it before the handler is called. */
const occurredOnOf = ({ body, query }: Request): string | undefined =>
  ((body as { occurredOn?: string } | undefined)?.occurredOn ?? query['occurredOn']) as string | undefined;
