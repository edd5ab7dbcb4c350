import { AgendaFileError } from '#commands/agenda-file/problems.js';
import { AgendaRefused } from '#commands/load-agenda.js';
import { KurrentDbUnusable } from '#event-store-kurrentdb/unusable.js';
import { DataFolderInUse, DataFolderUnusable } from '#platform/embedded-postgres/data-folder-errors.js';
import { LedgerKeysUnknown } from '#ledger/keys.js';
import { LedgerOfAnotherLog } from '#ledger/log-of-ledger.js';
import { EnvironmentInvalid } from '#platform/environment.js';
import { ReadSideInUse, ReadSideOfAnotherLog } from '#projections/log-of-read-side.js';
import { KeyFileUnusable } from '#platform/key-file.js';
import { AskedToEnd } from './asked-to-end.js';
import { DatabaseUnusable } from './database-unusable.js';

const FORESEEN = [
  AgendaFileError,
  AgendaRefused,
  DataFolderInUse,
  DataFolderUnusable,
  DatabaseUnusable,
  EnvironmentInvalid,
  KeyFileUnusable,
  KurrentDbUnusable,
  LedgerKeysUnknown,
  LedgerOfAnotherLog,
  ReadSideInUse,
  ReadSideOfAnotherLog,
];

/** What to tell the person who started a process that cannot run; `undefined` for what only a developer can mend. */
export function startupFailure(error: unknown): string | undefined {
  if (FORESEEN.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code, syscall, port } = (error ?? {}) as NodeJS.ErrnoException & { port?: number };
  if (syscall === 'listen' && code === 'EADDRINUSE') return `PORT: ${port} is taken by another program`;
  if (syscall === 'listen' && code === 'EACCES') return `PORT: ${port} may not be used by this user`;
  return undefined;
}

/**
 * Ends a process that could not start: with one clear line where the reason is foreseen, and well where it was asked to
 * end before it had started.
 */
export function failToStart(error: unknown): never {
  if (error instanceof AskedToEnd) process.exit(0);
  const told = startupFailure(error);
  if (told === undefined) console.error(error);
  else for (const line of told.split('\n')) console.error(`mindet: ${line}`);
  process.exit(1);
}
