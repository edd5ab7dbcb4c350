import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const RECONNECT_AFTER = 250;

export interface WakeUps {
  /** Has `wake` called whenever the channel was notified, or may have been; answers how to stop that. */
  onMore(wake: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Listens to a channel on one connection of its own, for as long as anybody wants to be woken.
 * @param pollEvery milliseconds; wakes also without a notification, since one may be lost with its connection
 */
export function wakeUps(connection: pg.ClientConfig, channel: string, pollEvery: number): WakeUps {
  const sleepers = new Set<() => void>();
  let stopListening = new AbortController();
  let listening = Promise.resolve();

  const wakeAll = (): void => {
    for (const wake of sleepers) wake();
  };

  async function listen(signal: AbortSignal): Promise<void> {
    const poll = setInterval(wakeAll, pollEvery);
    while (!signal.aborted) {
      await listenOnce(connection, channel, wakeAll, signal).catch(() => {});
      await pause(RECONNECT_AFTER, undefined, { signal }).catch(() => {});
    }
    clearInterval(poll);
  }

  return {
    onMore(wake) {
      sleepers.add(wake);
      if (sleepers.size === 1) {
        stopListening = new AbortController();
        const { signal } = stopListening;
        listening = listening.then(() => listen(signal));
      }
      return () => {
        sleepers.delete(wake);
        if (sleepers.size === 0) stopListening.abort();
      };
    },
    close: () => {
      stopListening.abort();
      return listening;
    },
  };
}

/** Until the connection is lost or the signal aborts. */
async function listenOnce(connection: pg.ClientConfig, channel: string, wake: () => void, signal: AbortSignal): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  client.on('notification', wake);
  const ended = once(client, 'end', { signal });
  ended.catch(() => {});
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    // What happened before the listening began was not notified.
    wake();
    await ended;
  } finally {
    await client.end();
  }
}
