import { createPrivateKey, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { asUnusable, DataFolderUnusable } from './embedded-postgres/data-folder-errors.js';
import { randomId } from './ids.js';
import { makeFolder } from './make-folder.js';

/**
 * An Ed25519 private key in the data folder (as a JWK), made at first use and readable by its owner alone. Processes that
 * start together get the same one.
 * @throws {DataFolderUnusable} the file is there and holds no Ed25519 key, or the folder cannot be read or written
 */
export async function keyIn(dataFolder: string, file: string): Promise<KeyObject> {
  try {
    return (await readKeyIn(dataFolder, file)) ?? (await makeKey(dataFolder, file));
  } catch (error) {
    throw asUnusable(dataFolder, error);
  }
}

/** The key that stands there already; `undefined` where there is no such file. @throws {DataFolderUnusable} it holds no Ed25519 key */
export async function readKeyIn(dataFolder: string, file: string): Promise<KeyObject | undefined> {
  let text: string;
  try {
    text = await readFile(join(dataFolder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return privateKeyOf(text);
  } catch (cause) {
    const reason = `${file} holds no Ed25519 key; put the right file back, or remove it to have a new key made`;
    throw new DataFolderUnusable(dataFolder, reason, { cause });
  }
}

/** A key that is no Ed25519 key, or a file that cannot be read. */
export class KeyFileUnusable extends Error {
  override readonly name = 'KeyFileUnusable';
}

/**
 * An Ed25519 private key from a file that the user names: PEM (PKCS#8) or JWK.
 * @param variable that names it
 * @throws {KeyFileUnusable} never showing what the file holds
 */
export async function readKey(path: string, variable: string): Promise<KeyObject> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new KeyFileUnusable(`${variable}: the file cannot be read: ${cause.message}`, { cause });
  });
  try {
    return privateKeyOf(text);
  } catch (cause) {
    throw new KeyFileUnusable(`${variable}: ${path} holds no Ed25519 private key (PEM or JWK)`, { cause });
  }
}

function privateKeyOf(text: string): KeyObject {
  const key = createPrivateKey(text.startsWith('{') ? { key: JSON.parse(text) as JsonWebKey, format: 'jwk' } : text);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key is of another kind');
  return key;
}

/** Written whole under another name, then linked: the first link wins and nobody reads half a key. */
async function makeKey(dataFolder: string, name: string): Promise<KeyObject> {
  const { privateKey } = await promisify(generateKeyPair)('ed25519');
  makeFolder(dataFolder);
  const path = join(dataFolder, name);
  const draft = `${path}.${randomId()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(`${JSON.stringify(privateKey.export({ format: 'jwk' }))}\n`);
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
  return (await readKeyIn(dataFolder, name))!;
}
