import { types } from 'node:util';

/** Another service runs on the data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  constructor(folder: string, user: string) {
    super(`the data folder ${folder} is in use by ${user}; stop that one first, or set MINDET_DATA to another folder`);
  }
}

/** The data folder cannot hold the database; the message is one line that says why. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';
  constructor(folder: string, reason: string, options?: ErrorOptions) {
    super(`the data folder ${folder} cannot be used: ${reason}`, options);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission there',
  EPERM: 'this user has no permission there',
  EROFS: 'the file system is read-only',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  ENOENT: 'there is no such place, and it cannot be made',
  ENOSPC: 'there is no space left',
  EDQUOT: 'there is no space left',
};

/** An error of the file system as a `DataFolderUnusable`; any other error as it is. */
export function asUnusable(folder: string, error: unknown): unknown {
  if (!types.isNativeError(error) || !('code' in error) || !('syscall' in error)) return error;
  const reason = REASONS[String(error.code)];
  if (reason === undefined && !('path' in error)) return error;
  const place = 'path' in error ? ` (${String(error.path)})` : '';
  return new DataFolderUnusable(folder, reason === undefined ? error.message : reason + place, { cause: error });
}
