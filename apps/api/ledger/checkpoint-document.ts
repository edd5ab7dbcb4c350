import { parseCheckpointText } from '#ledger/checkpoint.js';
import type { SignedCheckpoint } from '#ledger/checkpoints.js';
import { parseNote } from '#ledger/signed-note.js';

/** A checkpoint as `checkpointShape` says. */
export function checkpointDocument({ size, position, note, madeAt }: SignedCheckpoint) {
  const { origin, root } = parseCheckpointText(parseNote(note).text);
  return { origin, size, root: root.toString('base64'), position, madeAt, checkpoint: note };
}
