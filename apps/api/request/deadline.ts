import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { throwError, timeout, type Observable } from 'rxjs';
import { Problem } from '../problems/problem.js';

const UNHURRIED = 'mindet:unhurried';

/** For routes whose answers are long by nature, as streams are. */
export const Unhurried = () => SetMetadata(UNHURRIED, true);

const late = () =>
  throwError(() => {
    const detail = 'There was no answer in time. A command may have been recorded; the same Idempotency-Key settles it.';
    return new Problem('TIMED_OUT', detail, { headers: { 'Retry-After': '5' } });
  });

/** Answers 503 where a route has not answered in time, in milliseconds. What it was doing may still come about. */
@Injectable()
export class DeadlineInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly deadline: number,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (this.reflector.getAllAndOverride<boolean | undefined>(UNHURRIED, [context.getHandler(), context.getClass()])) return next.handle();
    return next.handle().pipe(timeout({ first: this.deadline, with: late }));
  }
}
