import type { Hash } from './merkle-tree.js';
import { fromBase64, isSignedBy, MalformedNote, parseNote, type SignedNote, type Verifier } from './signed-note.js';

/** A log's tree at one size (https://c2sp.org/tlog-checkpoint). */
export type Checkpoint = {
  /** Names the log. */
  readonly origin: string;
  /** How many events the log had. */
  readonly size: number;
  readonly root: Hash;
};

/** A checkpoint that was not made by the log that it is held against, or not by its key. */
export class UntrustedCheckpoint extends Error {
  override readonly name = 'UntrustedCheckpoint';
}

/** What is signed of a checkpoint. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`;

/** @throws {MalformedNote} */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin, sizeText, rootText, ...rest] = text.split('\n');
  const size = /^(0|[1-9]\d*)$/.test(sizeText ?? '') ? Number(sizeText) : NaN;
  const root = fromBase64(rootText ?? '');
  // Further lines, but for the last, which is empty, would be extensions, of which nothing is known here.
  if (!origin || !Number.isSafeInteger(size) || root?.length !== 32 || rest.length === 0 || rest.slice(0, -1).includes('')) {
    throw new MalformedNote('a checkpoint is a line with the origin, one with the size, and one with the root in base64');
  }
  return { origin, size, root };
}

/**
 * A checkpoint whose origin and signature are the log's.
 * @throws {MalformedNote | UntrustedCheckpoint}
 */
export function openCheckpoint(note: string, log: Verifier): { checkpoint: Checkpoint; note: SignedNote } {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpointText(parsed.text);
  if (checkpoint.origin !== log.name) throw new UntrustedCheckpoint(`the checkpoint is of another log, ${checkpoint.origin}`);
  const own = parsed.signatures.filter(({ name, keyId }) => name === log.name && keyId === log.id);
  if (own.length === 0) throw new UntrustedCheckpoint('the checkpoint is not signed with the key of its log');
  if (!own.every((signature) => isSignedBy(parsed.text, signature, log))) {
    throw new UntrustedCheckpoint("the checkpoint's signature is forged, or its text was changed");
  }
  return { checkpoint, note: parsed };
}
