import { SLUG_PATTERN, STATE_PATTERN } from '#domain/identifiers.js';
import type { Actor } from '#domain/values.js';
import { ROLES } from '#domain/vocabulary.js';
import { TokenRefused } from './errors.js';

/** The claims by which a token says who acts. */
export type ActorClaims = { readonly sub?: unknown; readonly role?: unknown; readonly state?: unknown; readonly body?: unknown };

/** The subject is written into every event: printable, and within PostgreSQL's idea of text. */
const SUBJECT_PATTERN = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/**
 * Who acts, in which role, and for which state or body.
 * @throws {TokenRefused} a claim is missing or says what cannot be
 */
export function actorOf({ sub, role: named, state, body }: ActorClaims): Actor {
  if (typeof sub !== 'string' || !SUBJECT_PATTERN.test(sub)) {
    throw new TokenRefused('The token must carry a subject (claim "sub") of 1 to 200 printable characters.');
  }
  const role = ROLES.find((known) => known === named);
  if (!role) throw new TokenRefused(`The token must carry a role (claim "role"): one of ${ROLES.join(', ')}.`);
  if (role === 'liaison') {
    if (typeof state !== 'string' || !STATE_PATTERN.test(state)) {
      throw new TokenRefused('The token of a liaison must carry its state (claim "state"): two capital letters, as KG.');
    }
    return { subject: sub, role, state };
  }
  if (role === 'body') {
    if (typeof body !== 'string' || !SLUG_PATTERN.test(body)) {
      throw new TokenRefused('The token of a body must carry the id of that body (claim "body"), as kssb-ct-experts.');
    }
    return { subject: sub, role, body };
  }
  return { subject: sub, role };
}
