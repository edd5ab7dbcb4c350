import type { RequestHandler } from 'express';
import type { TokenVerifier } from '#access/verify-token.js';
import type { Actor } from '#domain/values.js';
import { Problem } from '../problems/problem.js';

declare global {
  namespace Express {
    interface Request {
      actor?: Actor;
      /** Why there is no actor. A route that needs none does not mind. */
      tokenError?: unknown;
    }
  }
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i;

/** Learns from the bearer token who acts. Whether anyone must, the route says later. */
export function authenticated(verifier: TokenVerifier): RequestHandler {
  return (request, _response, next) => {
    const authorization = request.get('Authorization');
    if (authorization === undefined) return next();
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) {
      request.tokenError = unauthenticated('The header Authorization must be "Bearer" and one token.');
      return next();
    }
    return verifier.verify(token).then(
      (actor) => {
        request.actor = actor;
        next();
      },
      (error: unknown) => {
        request.tokenError = error;
        next();
      },
    );
  };
}

/** RFC 6750: where no token was sent, the challenge names no error. */
export const unauthenticated = (detail: string): Problem =>
  new Problem('TOKEN_MISSING', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="mindet"' } });
