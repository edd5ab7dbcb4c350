import { applyDecorators } from '@nestjs/common';
import { ApiResponse, type HeadersObject } from '@nestjs/swagger';
import { problemKind, PROBLEMS, type ProblemCode } from '../problems/catalogue.js';
import { Problem, problemDocument } from '../problems/problem.js';

/** The name of the schema of problem documents in the OpenAPI document. */
export const PROBLEM_SCHEMA = 'Problem';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Declares with which problems a route may answer, each with an example. */
export function problemResponses(codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const byStatus = Map.groupBy(new Set(codes), (code) => problemKind(code).status);
  return applyDecorators(
    ...[...byStatus].map(([status, codes]) =>
      ApiResponse({
        status,
        description: codes.map((code) => problemKind(code).title).join('; '),
        headers: headersOf(status),
        content: {
          'application/problem+json': {
            schema: { $ref: `#/components/schemas/${PROBLEM_SCHEMA}` },
            examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
          },
        },
      }),
    ),
  );
}

/** An example of every problem, by its code, for all the responses that refer to it. */
export const problemExamples = () =>
  Object.fromEntries(
    [...PROBLEMS].map(([code, { title }]) => [code, { summary: title, value: example(code as ProblemCode) }]),
  );

function example(code: ProblemCode) {
  const { title } = problemKind(code);
  const errors = code === 'FIELDS_INVALID' ? [{ pointer: '/title/ru', detail: 'is required' }] : [];
  return problemDocument(new Problem(code, `${title}.`, { errors }), '/v1/priorities/csto-2024.2', TRACE_ID);
}

function headersOf(status: number): HeadersObject {
  if (status === 401) return { 'WWW-Authenticate': { description: 'The challenge (RFC 6750)', schema: { type: 'string' } } };
  if (status === 429 || status === 503) return { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } };
  return {};
}
