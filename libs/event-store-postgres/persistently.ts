import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '#event-store/errors.js';

const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 500;

/** SQLSTATEs of a server that is away, going, coming, full or not the primary, and of a statement that was stopped. */
const UNAVAILABLE_STATE = /^(08...|40001|40P01|53300|57014|57P0[1-5]|25006)$/;
const UNAVAILABLE_SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
/** The client library names some lost connections in words alone. */
const UNAVAILABLE_MESSAGE = /^(connection terminated|timeout exceeded when trying|client has encountered|query read timeout)/i;

/** Whether a new attempt on a new connection may mend it. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return UNAVAILABLE_STATE.test(code) || UNAVAILABLE_SOCKET.test(code) || UNAVAILABLE_MESSAGE.test(error.message);
}

/**
 * Attempts `work`, which must bear being done twice, until it is done or has failed for another reason than that the
 * database is away.
 * @param retryFor milliseconds after which no new attempt is made
 * @throws {StoreUnavailable}
 */
export async function persistently<T>(work: () => Promise<T>, retryFor: number, signal?: AbortSignal): Promise<T> {
  const until = performance.now() + retryFor;
  for (let longest = FIRST_PAUSE; ; longest = Math.min(longest * 2, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      // Spread, so that writers who lost the same server do not return in step.
      const spread = longest * (0.5 + Math.random() / 2);
      if (performance.now() + spread > until) throw new StoreUnavailable('PostgreSQL', { cause: error });
      await pause(spread, undefined, { signal });
    }
  }
}
