import type { Pool } from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { Clock } from '#platform/clock.js';
import { whileHeld } from '#platform/lock.js';
import { nextWait, pause, type Patience } from '#platform/patience.js';
import { until } from '#platform/until.js';
import { wakeUps, type WakeUps } from '#platform/wake-ups.js';
import { LedgerInconsistent, makeCheckpoint } from './checkpoints.js';
import type { Signer } from './keys.js';
import { extend, readTree, TreeMoved, treeSize } from './tree-store.js';

/** Asks whoever keeps the ledger for a checkpoint at once. */
export const WANTED_CHANNEL = 'ledger_wanted';

export type Keeping = {
  readonly db: Pool;
  readonly store: EventStore;
  readonly signers: readonly Signer[];
  readonly clock: Clock;
  /** Milliseconds between checkpoints, where the log has grown. */
  readonly checkpointEvery: number;
  readonly ending: AbortSignal;
  /** Told of what went wrong, each time; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly patience?: Patience;
};

const PATIENCE: Patience = { first: 100, longest: 10_000 };

/** Keeps the tree up with the log, and signs it, as far as no other process does, until it is told to end. */
export async function keepLedger(keeping: Keeping): Promise<void> {
  const { db, ending, onTrouble, checkpointEvery, patience = PATIENCE } = keeping;
  const wishes = wakeUps(db.options, WANTED_CHANNEL, checkpointEvery);
  for (let wait = patience.first; !ending.aborted; wait = nextWait(wait, patience)) {
    try {
      await whileHeld(db.options, { kind: 'ledger', name: 'tree' }, ending, async (held) => {
        const stopping = new AbortController();
        const signal = AbortSignal.any([held, stopping.signal]);
        const both = [follow(keeping, signal), sign(keeping, wishes, signal)];
        // Where one fails, the other ends too, and both begin anew.
        const ended = await Promise.allSettled(both.map((one) => one.finally(() => stopping.abort())));
        for (const one of ended) if (one.status === 'rejected') throw one.reason;
      });
      wait = patience.first;
    } catch (error) {
      if (!ending.aborted && !(error instanceof TreeMoved)) onTrouble(error);
    }
    await pause(wait, ending);
  }
  await wishes.close();
}

async function follow({ db, store }: Keeping, signal: AbortSignal): Promise<void> {
  let tree = await readTree(db);
  const head = await store.head();
  if (comparePositions(head, tree.position) < 0) {
    throw new LedgerInconsistent(`the log ends at ${head}, and the ledger has it up to ${tree.position}: an older state of the log was restored`);
  }
  for await (const { events } of store.subscribe(tree.position, signal)) {
    if (events.length > 0) tree = await extend(db, tree, events);
  }
}

/** At once, with every wish, and whenever the time has come. */
async function sign({ db, signers, clock }: Keeping, wishes: WakeUps, signal: AbortSignal): Promise<void> {
  const makeOne = async (): Promise<void> => {
    // Of an empty log there is nothing to be said.
    if ((await treeSize(db)).size > 0) await makeCheckpoint(db, signers, clock);
  };
  await until(makeOne, wishes, signal);
}
