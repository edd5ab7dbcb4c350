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
  return async (request, _response, next) => {
    try {
      request.actor = await actorBy(request.get('Authorization'), verifier);
    } catch (error) {
      request.tokenError = error;
    }
    next();
  };
}

async function actorBy(authorization: string | undefined, verifier: TokenVerifier): Promise<Actor | undefined> {
  if (authorization === undefined) return undefined;
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('The header Authorization must be "Bearer" and one token.');
  return verifier.verify(token);
}

/** RFC 6750: where no token was sent, the challenge names no error. */
export const unauthenticated = (detail: string): Problem =>
  new Problem('TOKEN_MISSING', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="mindet"' } });
