import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemDocument, type Problem } from './problem.js';
import { problemOf } from './problem-of.js';

/** Writes whatever was thrown as a problem document (RFC 9457), and logs what was not foreseen. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.code === 'INTERNAL') request.log.error({ err: problem.cause, code: problem.code }, problem.detail);
    // What is away, or too busy, is told in the line of the request.
    else if (problem.status >= 500) response.locals['reason'] = reasonOf(problem);
    if (response.headersSent) {
      // The answer is half written: only a broken connection tells the client that it is not whole.
      response.destroy();
      return;
    }
    const instance = request.originalUrl.split('?', 1)[0]!;
    response
      .status(problem.status)
      .set(problem.headers)
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(problem, instance, request.trace.traceId)));
  }
}

function reasonOf({ code, cause }: Problem): string {
  return cause instanceof Error ? `${code}: ${cause.name}: ${cause.message}` : code;
}
