import type { JWTVerifyGetKey } from 'jose';
import type { Actor } from '#domain/values.js';

export type VerifiedToken = {
  readonly actor: Actor;
  /** The instant from which it counts no more, in milliseconds since 1970. */
  readonly until: number;
  /** With which its signature was seen to hold. */
  readonly key: Awaited<ReturnType<JWTVerifyGetKey>>;
  /** The key that it would be verified with now. */
  readonly keyNow: () => ReturnType<JWTVerifyGetKey>;
};

/**
 * Tokens that were verified, so that verifying a signature, the dearest part of a small request, is done once for each
 * token and key. A token is forgotten when it expires and when its key is replaced; of many, the one unused for longest.
 */
export function verifiedTokens(most = 1_000) {
  const known = new Map<string, VerifiedToken>();
  return {
    /** Who the bearer is, where the token was verified before and still counts. */
    async actorBy(token: string, now: Date): Promise<Actor | undefined> {
      const verified = known.get(token);
      if (!verified) return undefined;
      const counts = now.getTime() < verified.until && (await verified.keyNow()) === verified.key;
      known.delete(token);
      if (!counts) return undefined;
      known.set(token, verified);
      return verified.actor;
    },
    remember(token: string, verified: VerifiedToken): void {
      known.set(token, verified);
      if (known.size > most) known.delete(known.keys().next().value!);
    },
  };
}
