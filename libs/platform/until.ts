import type { WakeUps } from './wake-ups.js';

/** Waits until something holds, which is looked at now and with all news. @returns false where the signal aborts first */
export async function until(holds: () => Promise<boolean | void>, news: WakeUps, signal: AbortSignal): Promise<boolean> {
  let wake = (): void => {};
  const ring = (): void => wake();
  // Listened to before the first look, so that nothing is missed between that and the waiting.
  const stop = news.onMore(ring);
  signal.addEventListener('abort', ring);
  try {
    for (;;) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      if (await holds()) return true;
      if (signal.aborted) return false;
      await woken;
    }
  } finally {
    stop();
    signal.removeEventListener('abort', ring);
  }
}
