import { applyDecorators, Delete, HttpCode, Patch, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { MAY_ISSUE } from '#domain/authority.js';
import type { RejectionCode } from '#domain/rejection.js';
import { Issues, type IssuedCommand } from '../access/declared-access.js';
import { problemResponses } from '../openapi/problem-responses.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { Answered, CommandAnswerInterceptor, MakesIn, type Collection } from './command-answer.js';

export type Door = {
  /** One sentence, imperative. */
  readonly summary: string;
  readonly description?: string;
  /** With what the domain may refuse the command, beside a wrong role and a day in the future. */
  readonly refusals: readonly RejectionCode[];
  /** Where the thing that the command makes has its address. Without it the command is about a thing that exists. */
  readonly makesIn?: Collection;
  /** What may keep the service from carrying it out for now, beside what may keep it from any command. */
  readonly troubles?: readonly ProblemCode[];
  /** Where one command has several doors. */
  readonly operationId?: string;
};

const METHODS = { POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;
type Address = `${keyof typeof METHODS} /${string}`;

/**
 * A route that issues one command: its address, who may use it, its answer and everything that it says in the OpenAPI document.
 * @param address method and path, as `POST /agendas/:agendaId/priorities`
 */
export function CommandDoor(command: IssuedCommand, address: Address, door: Door): MethodDecorator {
  const [method, path] = address.split(' ') as [keyof typeof METHODS, string];
  const { makesIn } = door;
  return applyDecorators(
    METHODS[method](path),
    HttpCode(makesIn ? 201 : 200),
    Issues(command),
    UseInterceptors(CommandAnswerInterceptor),
    ...(makesIn ? [MakesIn(makesIn)] : []),
    ApiOperation({
      operationId: door.operationId ?? command.charAt(0).toLowerCase() + command.slice(1),
      summary: door.summary,
      description: [door.description, `For the roles: ${MAY_ISSUE[command].join(', ')}.`].filter(Boolean).join(' '),
    }),
    ...HEADERS.filter(({ name }) => !(makesIn && name === 'If-Match')).map((header) => ApiHeader(header)),
    ApiResponse({
      status: makesIn ? 201 : 200,
      description: makesIn ? 'It was recorded, and the thing made' : 'It was recorded, or the state said so already',
      type: Answered,
      headers: answerHeaders(makesIn),
    }),
    problemResponses([
      'MALFORMED_JSON', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE',
      'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED', 'FIELDS_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'OCCURRED_IN_FUTURE',
      'STALE_REVISION', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'TOO_MUCH_CONTENTION', 'TIMED_OUT',
      ...door.refusals,
      ...(door.troubles ?? []),
    ]),
  );
}

const HEADERS = [
  {
    name: 'Idempotency-Key',
    description: 'The same key with the same command gives the same answer and one set of events; with another command, 422.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    example: '6f0c1c1e-agreement-2',
  },
  {
    name: 'If-Match',
    description: 'The entity tag that was read: refused with 412 where the thing has changed since. `*`: where there is no such thing.',
    schema: { type: 'string' },
    example: '"3"',
  },
  {
    name: 'X-Correlation-Id',
    description: 'Recorded with the events, to find what belongs together. A new one where absent.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    example: 'agenda-2024-review',
  },
  {
    name: 'X-Causation-Id',
    description: 'Recorded with the events: what brought the command about.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
    example: 'letter-17',
  },
] as const;

const answerHeaders = (makesIn: Collection | undefined) => ({
  ETag: { description: 'The revision, in quotes: for If-Match', schema: { type: 'string' as const }, example: '"3"' },
  'Log-Position': { description: 'As `position` in the body', schema: { type: 'string' as const }, example: '1042' },
  'X-Correlation-Id': { description: 'The one that was sent, or the one that was made', schema: { type: 'string' as const } },
  'X-Trace-Id': { description: 'By which the logs know the request', schema: { type: 'string' as const } },
  ...(makesIn && {
    Location: { description: 'The address of what was made', schema: { type: 'string' as const }, example: `${makesIn}/…` },
  }),
});
