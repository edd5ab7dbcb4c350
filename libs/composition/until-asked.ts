/**
 * Resolves with the name of the first signal that asks this process to end. A second one ends it at once: the log is
 * safe at any moment, and the next start recovers.
 */
export function untilAsked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      let asked = false;
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve(signal);
      });
    }
  });
}
