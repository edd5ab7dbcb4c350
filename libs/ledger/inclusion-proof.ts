import { openCheckpoint, type Checkpoint } from './checkpoint.js';
import { isIncluded, leafHash, type Hash } from './merkle-tree.js';
import { fromBase64, MalformedNote, type Verifier } from './signed-note.js';

/** That an event is in the log, to be verified with nothing but the log's public key (https://c2sp.org/tlog-proof). */
export type InclusionProof = {
  /** Place of the event in the log; the first is 0. */
  readonly index: number;
  /** From the leaf's sibling upwards. */
  readonly path: readonly Hash[];
  /** The signed checkpoint, cosignatures and all. */
  readonly checkpoint: string;
};

const HEADER = 'c2sp.org/tlog-proof@v1';

export const proofText = ({ index, path, checkpoint }: InclusionProof): string =>
  [HEADER, `index ${index}`, ...path.map((hash) => hash.toString('base64')), '', checkpoint].join('\n');

/** @throws {MalformedNote} */
export function parseProof(text: string): InclusionProof {
  const end = text.indexOf('\n\n');
  const [header, ...lines] = text.slice(0, Math.max(end, 0)).split('\n');
  if (header !== HEADER) throw new MalformedNote(`a proof begins with the line ${HEADER}`);
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, index] = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '') ?? [];
  const path = lines.map(fromBase64);
  if (index === undefined || path.length > 64 || !path.every((hash) => hash?.length === 32)) {
    throw new MalformedNote('a proof has a line with the index, and hashes in base64, one in a line');
  }
  return { index: Number(index), path: path as Hash[], checkpoint: text.slice(end + 2) };
}

/**
 * Whether the proof shows that the log holds exactly these bytes.
 * @param data the event's canonical form
 * @throws {MalformedNote | UntrustedCheckpoint}
 */
export function isProven(data: Uint8Array, { index, path, checkpoint: note }: InclusionProof, log: Verifier): Checkpoint | undefined {
  const { checkpoint } = openCheckpoint(note, log);
  return isIncluded(leafHash(data), index, path, checkpoint.size, checkpoint.root) ? checkpoint : undefined;
}
