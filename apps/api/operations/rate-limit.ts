import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Problem } from '../problems/problem.js';

/** Load balancers and scrapers are not held back. */
const UNLIMITED = /^\/(health|metrics)\b/;

/** So many requests a minute for each actor, or for each network address where nobody is known; 0 is without limit. */
export function rateLimited(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'requests',
    keyGenerator: callerOf,
    skip: ({ path }) => perMinute === 0 || UNLIMITED.test(path),
    // The library has set Retry-After by then.
    handler: (_request, _response, next) => next(new Problem('TOO_MANY_REQUESTS', `${perMinute} requests a minute are answered.`)),
  });
}

function callerOf({ actor, ip }: Request): string {
  if (actor) return JSON.stringify([actor.subject, actor.role, actor.state, actor.body]);
  return ipKeyGenerator(ip ?? '');
}
