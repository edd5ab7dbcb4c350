import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Actor } from '#domain/values.js';
import type { Clock } from '#platform/clock.js';
import { actorOf } from './actor-claims.js';
import { KeysUnavailable, TokenRefused } from './errors.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from './issue-token.js';
import type { LocalKey } from './local-key.js';
import { remoteKeys, type RemoteKeysOptions } from './remote-keys.js';
import { verifiedTokens, type VerifiedToken } from './verified-tokens.js';

/** Whose tokens are believed: those of an issuer for this audience, or those signed with the local key. */
export type TrustedIssuer = (RemoteKeysOptions & { readonly audience: string }) | { readonly localKey: LocalKey };

export type TokenVerifier = {
  /**
   * Who the bearer of the token is.
   * @throws {TokenRefused} it is malformed, expired, forged, another's, or carries no known role
   * @throws {KeysUnavailable} it cannot be judged now
   */
  readonly verify: (token: string) => Promise<Actor>;
  /**
   * Tokens can be judged now.
   * @throws {KeysUnavailable}
   */
  readonly check: () => Promise<void>;
};

/** Asymmetric ones alone: with a shared secret, or with none, whoever can verify could forge. */
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];
/** Seconds by which the issuer's clock and ours may differ. */
const TOLERANCE = 5;

export function tokenVerifier(trusted: TrustedIssuer, clock: Clock): TokenVerifier {
  if ('localKey' in trusted) {
    const { kid, publicKey } = trusted.localKey;
    const keyOf: JWTVerifyGetKey = (header) => {
      if (header.kid !== undefined && header.kid !== kid) throw new errors.JWKSNoMatchingKey();
      return publicKey;
    };
    const verify = verifierOf(keyOf, LOCAL_ISSUER, LOCAL_AUDIENCE, clock);
    return { verify, check: () => Promise.resolve() };
  }
  const keys = remoteKeys(trusted);
  return { verify: verifierOf(keys.keyOf, trusted.issuer, trusted.audience, clock), check: keys.check };
}

function verifierOf(keyOf: JWTVerifyGetKey, issuer: string, audience: string, clock: Clock): TokenVerifier['verify'] {
  const verified = verifiedTokens();

  async function judge(token: string, now: Date): Promise<Actor> {
    let keyNow: VerifiedToken['keyNow'] | undefined;
    const { payload, key } = await jwtVerify(
      token,
      (header, signed) => {
        keyNow = async () => keyOf(header, signed);
        return keyNow();
      },
      { algorithms: ALGORITHMS, issuer, audience, clockTolerance: TOLERANCE, currentDate: now, requiredClaims: ['exp'] },
    );
    const actor = actorOf(payload);
    verified.remember(token, { actor, key, keyNow: keyNow!, until: (payload.exp! + TOLERANCE) * 1000 });
    return actor;
  }

  return async (token) => {
    const now = clock();
    try {
      return (await verified.actorBy(token, now)) ?? (await judge(token, now));
    } catch (error) {
      if (error instanceof TokenRefused || error instanceof KeysUnavailable) throw error;
      throw new TokenRefused(whatIsWrong(error), { cause: error });
    }
  };
}

function whatIsWrong(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    switch (error.claim) {
      case 'iss':
        return 'The token is of another issuer.';
      case 'aud':
        return 'The token is for another audience.';
      case 'exp':
        return 'The token must say when it expires (claim "exp").';
      case 'nbf':
        return 'The token is not valid yet.';
      default:
        return 'A claim of the token says what cannot be.';
    }
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed in a way that is not accepted here.';
  if (error instanceof errors.JWKSNoMatchingKey) return 'The token is signed with a key that is not known here.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token does not hold.';
  return 'The token is not a well-formed signed JSON Web Token.';
}
