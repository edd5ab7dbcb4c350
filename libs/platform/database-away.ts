import { types } from 'node:util';

/** What `net` says where nobody answers, or the connection broke. */
const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Connection errors (class 08), being shut down, having crashed, starting up, out of connections. */
const SQL_STATES = /^(08...|57P0[1-3]|53300)$/;

/** What `pg` and its pool say without a code. */
const MESSAGES =
  /^(Connection terminated|timeout expired|timeout exceeded|Query read timeout|Client (has encountered a connection error|was closed))/;

/**
 * Whether the error says that the database could not be reached or went away, rather than that it refused what was
 * asked: the same may work later, and a write that was under way may or may not have been made.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  // `net` gives one error per address that it tried.
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(isDatabaseAway)) return true;
  const code = 'code' in error ? String(error.code) : '';
  // A socket in the file system that is not there.
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect') return true;
  return (
    NETWORK_CODES.has(code) || SQL_STATES.test(code) || MESSAGES.test(error.message) || isDatabaseAway(error.cause)
  );
}
