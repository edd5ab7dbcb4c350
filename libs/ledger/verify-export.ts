import type { Checkpoint } from './checkpoint.js';
import { leafHash, type Hash } from './merkle-tree.js';
import { grown, rootOfEdge, type Edge } from './tiles.js';

/** What an export was found to be. */
export type ExportVerdict =
  | { readonly holds: true; readonly events: number }
  | {
      readonly holds: false;
      readonly events: number;
      readonly reason: string;
      /** Where the export itself shows what is wrong: the first line that does not follow from those before it, from 1. */
      readonly line?: number;
    };

const BATCH = 4_096;

/**
 * Whether an export is the whole log under a checkpoint: every event of it, unchanged, in its order, and none besides. Needs
 * neither a server nor a database, and no memory of what it has read.
 * @param lines the export's lines, without their line breaks
 */
export async function verifyExport(lines: AsyncIterable<Buffer>, checkpoint: Checkpoint, onProgress?: (events: number) => void): Promise<ExportVerdict> {
  let size = 0;
  let edge: Edge = [];
  let leaves: Hash[] = [];
  const suspicion = suspect();
  const grow = (): void => {
    edge = grown(size, edge, leaves).edge;
    size += leaves.length;
    leaves = [];
    onProgress?.(size);
  };
  for await (const line of lines) {
    suspicion.look(line);
    leaves.push(leafHash(line));
    if (leaves.length === BATCH) grow();
  }
  grow();

  const found = suspicion.found();
  const failed = (reason: string): ExportVerdict => ({ holds: false, events: size, reason: found?.reason ?? reason, ...(found && { line: found.line }) });
  if (size !== checkpoint.size) return failed(`the export has ${size} events, and the checkpoint covers ${checkpoint.size}`);
  if (!rootOfEdge(size, edge).equals(checkpoint.root)) return failed('an event is not what it was when the checkpoint was signed');
  return { holds: true, events: size };
}

/**
 * The tree tells that something is wrong, and not where. An event that was dropped, moved or put in mostly shows by itself:
 * what is seen first is remembered, in case that the tree says so.
 */
function suspect() {
  let line = 0;
  let last = 0n;
  let first: { line: number; reason: string } | undefined;
  return {
    look(bytes: Buffer): void {
      line += 1;
      if (first) return;
      const sequence = sequenceOf(bytes);
      if (sequence === undefined) first = { line, reason: `line ${line} is not an event of an export` };
      else if (sequence <= last) first = { line, reason: `the event in line ${line} does not come after the one before it` };
      last = sequence ?? last;
    },
    found: () => first,
  };
}

function sequenceOf(line: Buffer): bigint | undefined {
  try {
    const { sequence } = JSON.parse(line.toString()) as { sequence?: unknown };
    return typeof sequence === 'string' && /^\d{1,20}$/.test(sequence) ? BigInt(sequence) : undefined;
  } catch {
    return undefined;
  }
}
