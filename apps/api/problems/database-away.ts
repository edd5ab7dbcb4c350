/** Codes of node's sockets that mean that nobody answers there. */
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENOENT']);
/** Of files the same codes mean something else. */
const SOCKET_CALLS = new Set(['connect', 'getaddrinfo', 'read', 'write']);
/** SQLSTATE: connection exceptions (08), too many connections, shutting down or starting up, statement timeout. */
const SQLSTATES = /^(08...|53300|57P0[1-4]|57014)$/;
/** Those that pg raises without a code. */
const MESSAGES = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** Whether the error says that the database could not be reached, rather than that a statement was wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code !== undefined && SOCKET_CODES.has(code) && SOCKET_CALLS.has(syscall ?? '')) return true;
  if (code !== undefined && SQLSTATES.test(code)) return true;
  return MESSAGES.test(error.message) || isDatabaseAway(error.cause);
}
