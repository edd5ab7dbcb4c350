import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { packageRoot } from '#platform/package-root.js';
import type { Document } from './document.js';
import type { Format } from './formats.js';

/** Too many documents are being rendered already. */
export class RenderingBusy extends Error {
  override readonly name = 'RenderingBusy';
}

/** The document needs more memory in this format than one may have. */
export class DocumentTooLarge extends Error {
  override readonly name = 'DocumentTooLarge';
}

export type RenderPool = {
  /** @throws {RenderingBusy | DocumentTooLarge} or the signal's reason, and the thread that worked on it is ended */
  readonly render: (document: Document, format: Format, signal?: AbortSignal) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

type Limits = {
  readonly threads: number;
  /** How many documents may wait for a thread. */
  readonly waiting: number;
  /** Megabytes that one document may take. */
  readonly memory: number;
};

/** Renders on threads of their own, so that the service answers meanwhile. One stands ready; others are started when they are needed, and end when they are not. */
export function renderPool({ threads, waiting, memory }: Limits = { threads: 2, waiting: 32, memory: 1024 }): RenderPool {
  // Specs and benches run the sources; what is built runs as it is.
  const isSource = import.meta.url.endsWith('.ts');
  const pool = new Piscina({
    filename: fileURLToPath(new URL(isSource ? './render-worker.ts' : './render-worker.js', import.meta.url)),
    ...(isSource && { execArgv: ['--import', join(packageRoot(), 'typescript.js')] }),
    // Of none, the one that is ended because nobody waits for it would leave those that wait without a thread.
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  let asked = 0;
  return {
    async render(document, format, signal) {
      if (asked >= threads + waiting) throw new RenderingBusy('too many documents wait already');
      asked += 1;
      try {
        return (await pool.run({ document, format }, { ...(signal && { signal }) })) as Uint8Array;
      } catch (error) {
        signal?.throwIfAborted();
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ERR_WORKER_OUT_OF_MEMORY') throw new DocumentTooLarge(`it takes more than ${memory} MB`, { cause: error });
        throw error;
      } finally {
        asked -= 1;
      }
    },
    close: () => pool.destroy(),
  };
}
