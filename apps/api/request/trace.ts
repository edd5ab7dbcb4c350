import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';

/** By which name logs, problems and other services know this request. 32 lower-case hexadecimal digits (W3C Trace Context). */
export type Trace = { readonly traceId: string };

declare global {
  namespace Express {
    interface Request {
      trace: Trace;
    }
  }
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/;

/** Goes on with the caller's trace, or begins one. A `traceparent` that is none is passed over, as the standard says. */
export const traced: RequestHandler = (request, response, next) => {
  const traceId = TRACEPARENT.exec(request.get('traceparent') ?? '')?.[1] ?? randomBytes(16).toString('hex');
  request.trace = { traceId };
  response.set('X-Trace-Id', traceId);
  next();
};
