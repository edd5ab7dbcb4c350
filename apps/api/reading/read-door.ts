import { applyDecorators, Get } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Role } from '#domain/vocabulary.js';
import { Reads } from '../access/declared-access.js';
import { problemResponses } from '../openapi/problem-responses.js';
import type { ProblemCode } from '../problems/catalogue.js';
import { Offers } from '../request/negotiation.js';
import type { Shape } from './shape.js';

/** Everyone who follows the agenda. */
export const READERS: readonly Role[] = ['chair', 'secretariat', 'liaison', 'body', 'auditor'];

type Door = {
  /** One sentence. */
  readonly summary: string;
  readonly description?: string;
  readonly operationId: string;
  readonly roles?: readonly Role[];
  readonly answer: Shape;
  /** Another form of the answer, which a client may ask for by `Accept`. */
  readonly alsoAs?: { readonly type: string; readonly example: string };
  /** Whether it is recorded who read here: always, or where reports were seen that were not accepted. */
  readonly recorded?: keyof typeof RECORDED;
  /** What is said where there is nothing to answer with. */
  readonly absent?: ProblemCode;
};

/** A route that answers a question: its address, who may ask, and everything that it says in the OpenAPI document. */
export function ReadDoor(path: string, door: Door): MethodDecorator {
  const { roles = READERS, absent, alsoAs, recorded } = door;
  return applyDecorators(
    Get(path),
    Reads(...roles),
    ApiOperation({
      operationId: door.operationId,
      summary: door.summary,
      description: [door.description, recorded && RECORDED[recorded], `For the roles: ${roles.join(', ')}.`].filter(Boolean).join(' '),
    }),
    ...HEADERS.map((header) => ApiHeader(header)),
    ApiResponse({
      status: 200,
      description: 'The answer',
      content: {
        'application/json': { schema: door.answer },
        ...(alsoAs && { [alsoAs.type]: { schema: { type: 'string' as const }, example: alsoAs.example } }),
      },
      headers: ANSWER_HEADERS,
    }),
    ...(alsoAs ? [Offers('application/json', alsoAs.type)] : []),
    ApiResponse({ status: 304, description: 'The answer is the one that the client has (`If-None-Match`)' }),
    problemResponses([
      'PARAMETER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE',
      'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'READ_SIDE_BEHIND', 'TIMED_OUT',
      ...(recorded ? ['READ_NOT_RECORDED' as const] : []),
      ...(absent ? [absent] : []),
    ]),
  );
}

const RECORDED = {
  always: 'It is recorded who read this, when and what.',
  drafts: 'Where the chair, the Secretariat or an auditor is shown reports that were not accepted, or no longer, that is recorded.',
} as const;

const HEADERS = [
  {
    name: 'If-None-Match',
    description: 'The entity tag of an answer that the client has: 304 where it would be the same now',
    schema: { type: 'string' },
    example: '"3-mWvM6b9sJ0lq1rSfRrbb0Q"',
  },
  { name: 'Accept-Language', description: 'Of the texts, where `lang` does not say', schema: { type: 'string' }, example: 'kk, ru;q=0.8' },
] as const;

const ANSWER_HEADERS = {
  ETag: {
    description: 'Of the very answer; that of one thing begins with its revision and may be sent as `If-Match`',
    schema: { type: 'string' as const },
    example: '"3-mWvM6b9sJ0lq1rSfRrbb0Q"',
  },
  'Log-Position': { description: 'As `position` in the body', schema: { type: 'string' as const }, example: '1042' },
  'Content-Language': { description: 'Of the texts; ru besides where some had to fall back', schema: { type: 'string' as const }, example: 'kk, ru' },
  'X-Trace-Id': { description: 'By which the logs know the request', schema: { type: 'string' as const } },
};
