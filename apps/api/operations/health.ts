import type { Logger } from 'pino';

/** A part that the service cannot do its work without. */
export type HealthPart = {
  readonly name: string;
  /** Resolves where the part is ready, rejects where it is not. */
  readonly check: () => Promise<unknown>;
};

export type Health = { readonly status: 'ready' | 'not ready'; readonly parts: readonly { readonly name: string; readonly ready: boolean }[] };

const PATIENCE_MS = 2_000;

/** Asks every part at once. A part that does not answer is not ready; why, only the log learns. */
export async function healthOf(parts: readonly HealthPart[], logger: Logger): Promise<Health> {
  const answers = await Promise.all(
    parts.map(async ({ name, check }) => {
      try {
        await inTime(check());
        return { name, ready: true };
      } catch (error) {
        logger.warn({ err: error, part: name }, `${name} is not ready`);
        return { name, ready: false };
      }
    }),
  );
  return { status: answers.every(({ ready }) => ready) ? 'ready' : 'not ready', parts: answers };
}

async function inTime(check: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}
