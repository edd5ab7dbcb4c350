import { readFile, stat } from 'node:fs/promises';

/** A public key as it was given, or as it stands in the file that was: a key has a plus sign in it, and a file of that name is not there. */
export const keyText = async (key: string): Promise<string> =>
  (await stat(key).then((found) => found.isFile(), () => false)) ? (await readFile(key, 'utf8')).trim() : key;
