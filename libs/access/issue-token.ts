import { SignJWT } from 'jose';
import type { Role } from '#domain/vocabulary.js';
import { actorOf } from './actor-claims.js';
import type { LocalKey } from './local-key.js';

/** Issuer and audience of the tokens that are signed with a local key. */
export const LOCAL_ISSUER = 'urn:mindet:local';
export const LOCAL_AUDIENCE = 'mindet';

const TWELVE_HOURS_MS = 12 * 60 * 60 * 1000;

export type TokenRequest = {
  readonly role: Role;
  /** Of a liaison. */
  readonly state?: string;
  /** Of a body's focal point. */
  readonly body?: string;
  /** Who acts; the role's own name where absent. */
  readonly sub?: string;
  /** Twelve hours from now where absent. */
  readonly expires?: Date;
};

/**
 * A token for one actor, signed with the local key.
 * @throws {TokenRefused} such a token would be refused: a liaison without a state, a body without its id
 */
export async function issueToken(request: TokenRequest, key: LocalKey, now: Date): Promise<string> {
  const { subject, ...claims } = actorOf({ ...request, sub: request.sub ?? request.role });
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
    .setSubject(subject)
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(request.expires ?? new Date(now.getTime() + TWELVE_HOURS_MS))
    .sign(key.privateKey);
}
