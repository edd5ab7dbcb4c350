import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, type CryptoKey } from 'jose';
import { keyIn } from '#platform/key-file.js';

/** The key pair with which a service without an issuer of its own signs and verifies tokens. Ed25519. */
export type LocalKey = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

/**
 * The key in the data folder, made at first start and readable by its owner alone. Processes that start together get the same one.
 * @throws {DataFolderUnusable} the file is there and holds no Ed25519 key, or the folder cannot be read or written
 */
export async function localKey(dataFolder: string): Promise<LocalKey> {
  const privateKey = await keyIn(dataFolder, 'access-key.json');
  const publicKey = createPublicKey(privateKey);
  return {
    kid: await calculateJwkThumbprint(publicKey.export({ format: 'jwk' })),
    privateKey: privateKey.toCryptoKey('Ed25519', false, ['sign']),
    publicKey: publicKey.toCryptoKey('Ed25519', true, ['verify']),
  };
}
