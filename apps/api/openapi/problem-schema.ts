import type { SchemaObject } from '@nestjs/swagger';
import { PROBLEMS } from '../problems/catalogue.js';

const faultAt = (place: string, description: string, example: string): SchemaObject => ({
  type: 'object',
  required: [place, 'detail'],
  properties: { [place]: { type: 'string', description, example }, detail: { type: 'string', example: 'is required' } },
});

/** RFC 9457. */
export const problemSchema: SchemaObject = {
  type: 'object',
  description: 'What went wrong (RFC 9457)',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
  properties: {
    type: { type: 'string', format: 'uri-reference', description: 'The page of this kind of problem', example: '/problems/BODY_RETIRED' },
    title: { type: 'string', description: 'What this kind of problem is', example: 'The body is retired' },
    status: { type: 'integer', example: 409 },
    detail: { type: 'string', description: 'What happened this time', example: 'ksopn is retired.' },
    instance: { type: 'string', format: 'uri-reference', description: 'The address that was asked for', example: '/v1/priorities/csto-2024.4/assignments' },
    code: { type: 'string', enum: [...PROBLEMS.keys()], description: 'Stable: decide by it', example: 'BODY_RETIRED' },
    traceId: { type: 'string', pattern: '^[0-9a-f]{32}$', description: 'By which the logs know the request' },
    errors: {
      type: 'array',
      description: 'Where exactly',
      items: {
        anyOf: [
          faultAt('pointer', 'JSON Pointer (RFC 6901) into the body', '/title/ru'),
          faultAt('parameter', 'Name of a query parameter', 'limit'),
          faultAt('header', 'Name of a header', 'If-Match'),
        ],
      },
    },
  },
};
