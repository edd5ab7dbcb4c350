import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { KeysUnavailable } from './errors.js';

/** An issuer's published keys. */
export type RemoteKeys = {
  /** The key that a token names. Keys are read again when it names one that is not known yet. */
  readonly keyOf: JWTVerifyGetKey;
  /**
   * Keys are at hand, or have just been fetched.
   * @throws {KeysUnavailable}
   */
  readonly check: () => Promise<void>;
};

type JwksAt = ReturnType<typeof createRemoteJWKSet>;
export type RemoteKeysOptions = {
  readonly issuer: string;
  /** Where absent, what the issuer's discovery document says (OpenID Connect Discovery 1.0). */
  readonly jwksUrl?: string;
  /** Milliseconds that one request to the issuer may take. */
  readonly timeout?: number;
  /** Milliseconds before a token with an unknown key makes the keys be read again. */
  readonly cooldown?: number;
};

export function remoteKeys({ issuer, jwksUrl, timeout = 5_000, cooldown = 30_000 }: RemoteKeysOptions): RemoteKeys {
  let found: Promise<JwksAt> | undefined;
  const jwks = (): Promise<JwksAt> => {
    found ??= located(issuer, jwksUrl, timeout)
      .then((url) => createRemoteJWKSet(url, { timeoutDuration: timeout, cooldownDuration: cooldown }))
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  };
  return {
    async keyOf(header, token) {
      const set = await jwks();
      try {
        return await set(header, token);
      } catch (error) {
        // What is wrong with the token is the verifier's to say; anything else is the fetch that failed.
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        if (error instanceof errors.JOSENotSupported) throw error;
        throw new KeysUnavailable('The issuer’s keys cannot be read now.', { cause: error });
      }
    },
    async check() {
      const set = await jwks();
      if (set.jwks()) return;
      await set.reload().catch((cause: unknown) => {
        throw new KeysUnavailable('The issuer’s keys cannot be read now.', { cause });
      });
    },
  };
}

async function located(issuer: string, jwksUrl: string | undefined, timeout: number): Promise<URL> {
  if (jwksUrl !== undefined) return new URL(jwksUrl);
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(timeout), redirect: 'error' });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (document.issuer !== issuer) throw new Error(`${address} speaks for another issuer`);
    return new URL(String(document.jwks_uri));
  } catch (cause) {
    throw new KeysUnavailable('The issuer’s discovery document cannot be read now.', { cause });
  }
}
