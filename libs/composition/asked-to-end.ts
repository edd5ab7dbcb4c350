/**
 * How long the same signal again is taken for the same request: a terminal signals every process of `npm start`, and npm
 * passes its own on.
 */
const ECHO_MS = 1_000;

/** Why a start was given up. */
export class AskedToEnd extends Error {
  override readonly name = 'AskedToEnd';
  constructor(readonly signal: NodeJS.Signals) {
    super(`asked to end by ${signal}`);
  }
}

export type Asked = {
  /** Aborts with `AskedToEnd`. */
  readonly signal: AbortSignal;
  readonly by: Promise<NodeJS.Signals>;
};

/**
 * By the first signal that asks this process to end. A second one ends it at once: the log is safe at any
 * moment, and the next start recovers.
 */
export function askedToEnd(): Asked {
  const asking = new AbortController();
  const { promise: by, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let first: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (first === undefined) {
        first = { signal, at: performance.now() };
        resolve(signal);
        asking.abort(new AskedToEnd(signal));
      } else if (signal !== first.signal || performance.now() - first.at > ECHO_MS) {
        process.exit(1);
      }
    });
  }
  return { signal: asking.signal, by };
}
