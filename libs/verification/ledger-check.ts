import type { Pool } from 'pg';
import { BEGINNING, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { openCheckpoint, UntrustedCheckpoint } from '#ledger/checkpoint.js';
import { publicKeys } from '#ledger/keys.js';
import { leafHash } from '#ledger/merkle-tree.js';
import { recordedCheckpoints, recordedLeaves, recordedSizes, type RecordedLeaf } from '#ledger/recorded.js';
import { MalformedNote } from '#ledger/signed-note.js';
import { grown, rootOfEdge, type Edge } from '#ledger/tiles.js';
import { treeSize } from '#ledger/tree-store.js';
import { nameOf, type Findings } from './difference.js';

/** The log beside the ledger, from the first event on. */
export interface LedgerCheck {
  /** Events of the log that follow those before, all that there are. */
  look(events: readonly RecordedEvent[]): Promise<void>;
  /** There are no more events, up to a position. Answers how many leaves were compared. */
  finish(upTo: Position): Promise<number>;
}

/**
 * Each event is hashed anew and held against its leaf; the tree of the leaves is held against each checkpoint that was signed.
 * Whoever changes an event must change its leaf too, and then the tree is not the one that was signed.
 */
export function ledgerCheck(db: Pool, findings: Findings): LedgerCheck {
  let seen: Position = BEGINNING;
  let size = 0;
  let edge: Edge = [];
  let continues = true;

  async function compare(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    // Asked first: an event at or before this position was in the tree when its leaf is asked for.
    const { position: covered } = await treeSize(db);
    const leaves = await recordedLeaves(db, seen, upTo);
    const unmatched = new Map(leaves.map((leaf) => [leaf.position, leaf]));
    for (const event of events) {
      const leaf = unmatched.get(event.position);
      unmatched.delete(event.position);
      if (leaf === undefined && comparePositions(event.position, covered) > 0) continue;
      if (leaf === undefined || !leaf.hash.equals(leafHash(canonicalEvent(event)))) {
        const what = leaf === undefined ? 'the ledger recorded no such event' : 'the event is not what the ledger recorded';
        findings.add({ kind: 'ledger', what, position: event.position, event: nameOf(event) });
      }
    }
    for (const { position } of unmatched.values()) {
      findings.add({ kind: 'ledger', what: 'the event that the ledger recorded here is gone', position, event: null });
    }
    await growThrough(leaves);
    seen = upTo;
  }

  async function growThrough(leaves: readonly RecordedLeaf[]): Promise<void> {
    const hashes = leaves.map(({ hash }) => hash);
    for (const { size: signed, note } of await recordedCheckpoints(db, size, size + leaves.length)) {
      const within = hashes.splice(0, signed - size);
      edge = grown(size, edge, within).edge;
      size = signed;
      await holdAgainst(note, leaves.find(({ index }) => index === signed - 1)?.position ?? null);
    }
    edge = grown(size, edge, hashes).edge;
    size += hashes.length;
  }

  async function holdAgainst(note: string, position: Position | null): Promise<void> {
    const found = (what: string) => findings.add({ kind: 'ledger', what: `the checkpoint of ${size} events ${what}`, position, event: null });
    const signed = await opened(note);
    if (signed === undefined) return found('is not signed with any key of the ledger');
    // Every later one covers the same leaves.
    if (!continues || (signed.size === size && signed.root.equals(rootOfEdge(size, edge)))) return;
    continues = false;
    found('was signed over other leaves than the ledger has now');
  }

  async function opened(note: string) {
    for (const key of await publicKeys(db)) {
      try {
        return openCheckpoint(note, key).checkpoint;
      } catch (error) {
        if (!(error instanceof UntrustedCheckpoint || error instanceof MalformedNote)) throw error;
      }
    }
    return undefined;
  }

  return {
    look: (events) => compare(events, events.at(-1)!.position),
    async finish(upTo) {
      await compare([], upTo);
      const { signed, tree } = await recordedSizes(db);
      if (signed > tree) {
        const what = `a checkpoint of ${signed} events was signed, and the ledger has ${tree}`;
        findings.add({ kind: 'ledger', what, position: null, event: null });
      }
      return size;
    },
  };
}
