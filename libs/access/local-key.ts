import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { asUnusable, DataFolderUnusable } from '#platform/embedded-postgres/data-folder-errors.js';
import { randomId } from '#platform/ids.js';
import { makeFolder } from '#platform/make-folder.js';

/** The key pair with which a service without an issuer of its own signs and verifies tokens. Ed25519. */
export type LocalKey = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };

const FILE = 'access-key.json';

/**
 * The key in the data folder, made at first start and readable by its owner alone. Processes that start together get the same one.
 * @throws {DataFolderUnusable} the file is there and holds no Ed25519 key, or the folder cannot be read or written
 */
export async function localKey(dataFolder: string): Promise<LocalKey> {
  try {
    return (await readKey(dataFolder)) ?? (await makeKey(dataFolder));
  } catch (error) {
    throw asUnusable(dataFolder, error);
  }
}

async function readKey(dataFolder: string): Promise<LocalKey | undefined> {
  const path = join(dataFolder, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const jwk = JSON.parse(text) as JWK;
    const { d: _secret, ...publicJwk } = jwk;
    return {
      kid: await calculateJwkThumbprint(publicJwk),
      privateKey: await ed25519(jwk),
      publicKey: await ed25519(publicJwk),
    };
  } catch (cause) {
    const reason = `${FILE} holds no Ed25519 key; put the right file back, or remove it to have a new key made`;
    throw new DataFolderUnusable(dataFolder, reason, { cause });
  }
}

async function ed25519(jwk: JWK): Promise<CryptoKey> {
  if (jwk.crv !== 'Ed25519') throw new Error('the key is of another kind');
  return (await importJWK(jwk, 'EdDSA')) as CryptoKey;
}

/** Written whole under another name, then linked: the first link wins and nobody reads half a key. */
async function makeKey(dataFolder: string): Promise<LocalKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  makeFolder(dataFolder);
  const path = join(dataFolder, FILE);
  const draft = `${path}.${randomId()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(await exportJWK(privateKey))}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readKey(dataFolder))!;
}
