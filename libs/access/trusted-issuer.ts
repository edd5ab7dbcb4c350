import { localKey } from './local-key.js';
import type { TrustedIssuer } from './verify-token.js';

export type AccessEnvironment = {
  readonly AUTH_ISSUER?: string;
  readonly AUTH_AUDIENCE?: string;
  readonly AUTH_JWKS_URL?: string;
};

/**
 * The issuer that the environment names; with none of the three variables, the local key of the data folder.
 * @throws {Error} the variables do not make a whole
 */
export async function trustedIssuer(environment: AccessEnvironment, dataFolder: string): Promise<TrustedIssuer> {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwksUrl } = environment;
  if (!issuer && !audience && !jwksUrl) return { localKey: await localKey(dataFolder) };
  // Without both, a token that the same issuer made for another service would be believed here.
  if (!issuer || !audience) throw new Error('AUTH_ISSUER and AUTH_AUDIENCE must be set together; AUTH_JWKS_URL goes with them');
  for (const [name, url] of Object.entries({ AUTH_ISSUER: issuer, AUTH_JWKS_URL: jwksUrl })) {
    if (url && !/^https?:/.test(URL.parse(url)?.protocol ?? '')) throw new Error(`${name} must be an http or https address`);
  }
  return { issuer, audience, ...(jwksUrl && { jwksUrl }) };
}
