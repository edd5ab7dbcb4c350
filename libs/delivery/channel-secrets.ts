import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';

const IV = 12;
const TAG = 16;

export type ChannelSecrets = {
  /** `whsec_` and 32 random bytes in base64, as Standard Webhooks has it. */
  readonly make: () => string;
  /** AES-256-GCM; bound to the state, so that one state's secret is of no use in another's row. */
  readonly seal: (secret: string, state: string) => Buffer;
  /** @throws {Error} the key is another, or the bytes are not a secret of this state */
  readonly open: (sealed: Buffer, state: string) => string;
};

/** @param key whose private half is what the secrets are encrypted under, by a key derived from it (HKDF, RFC 5869) */
export function channelSecrets(key: KeyObject): ChannelSecrets {
  const seed = Buffer.from(key.export({ format: 'jwk' }).d!, 'base64url');
  const secretKey = Buffer.from(hkdfSync('sha256', seed, '', 'mindet channel secrets', 32));
  return {
    make: () => `whsec_${randomBytes(32).toString('base64')}`,
    seal(secret, state) {
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', secretKey, iv).setAAD(Buffer.from(state));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    open(sealed, state) {
      const decipher = createDecipheriv('aes-256-gcm', secretKey, sealed.subarray(0, IV))
        .setAAD(Buffer.from(state))
        .setAuthTag(sealed.subarray(IV, IV + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
    },
  };
}
