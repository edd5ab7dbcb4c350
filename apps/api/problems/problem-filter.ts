import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { problemDocument } from './problem.js';
import { problemOf } from './problem-of.js';

/** Writes whatever was thrown as a problem document (RFC 9457), and logs what is our own fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      request.log[problem.code === 'INTERNAL' ? 'error' : 'warn']({ err: problem.cause ?? problem, code: problem.code }, problem.detail);
    }
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
