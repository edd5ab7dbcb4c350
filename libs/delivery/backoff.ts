import { createHash } from 'node:crypto';

/** Seconds after each failed try: ten tries over two days and a half. */
const DELAYS = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 86_400] as const;
export const MOST_TRIES = DELAYS.length + 1;
/** The delay is longer or shorter by a share of at most this, so that those who failed together do not come back together. */
const JITTER = 0.2;

/**
 * When a message is tried again: nothing where it has been tried often enough. The same for the same message and try.
 * @param tries that have failed, this one included
 * @param afterSeconds the receiver's own wish, which only ever makes it later; a day at most
 */
export function nextTry(id: string, tries: number, at: Date, afterSeconds = 0): Date | undefined {
  const delay = DELAYS[tries - 1];
  if (delay === undefined) return undefined;
  const share = createHash('sha256').update(`${id} ${tries}`).digest().readUInt32BE() / 0xffff_ffff;
  const jittered = delay * (1 - JITTER + 2 * JITTER * share);
  return new Date(at.getTime() + Math.max(jittered, Math.min(afterSeconds, 86_400)) * 1000);
}
