import type { Pool } from 'pg';
import { BEGINNING, type EventStore, type Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { decodeAll } from '#projections/decoded.js';
import type { Projection } from '#projections/projection.js';
import { compareTables } from './compare.js';
import { findings, type Difference } from './difference.js';
import { ledgerCheck } from './ledger-check.js';
import { forgetSeen, logCheck } from './log-check.js';
import { endReplays, openReplay, PAGE } from './replay.js';

/** What a verification is doing. */
export type Progress = {
  /** Folding the log once more, looking at the log as a whole, or holding the tables against one another. */
  readonly phase: 'replay' | 'log' | 'tables';
  /** How far the replay is along the log. */
  readonly position: Position;
  /** Of all that is to be done, roughly. */
  readonly percent: number;
};

/** How much was compared. */
export type LookedAt = { readonly events: number; readonly leaves: number; readonly rows: number };

export type Verdict = {
  readonly differences: readonly Difference[];
  /** All of them, also those that there was no room for. */
  readonly differenceCount: number;
  readonly lookedAt: LookedAt;
};

export type Verifying = {
  readonly db: Pool;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  /** Up to which everything is compared; the read side has come as far. */
  readonly position: Position;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

/** The part of the work that the replay is. */
const REPLAY_PERCENT = 80;

/**
 * Folds every projection from the log once more, apart from what is served, and compares; and looks whether the log is whole and
 * what the ledger recorded. The service goes on meanwhile. One at a time on a database: see `keepVerifications`.
 */
export async function verify(verifying: Verifying): Promise<Verdict> {
  const { db, store, projections, position, signal, onProgress = () => {} } = verifying;
  const found = findings();
  await endReplays(db);
  try {
    const [log, ledger] = [await logCheck(db, store, found), ledgerCheck(db, found)];
    const replays = await Promise.all(projections.map((projection) => openReplay(db, store, projection, found, signal)));
    for await (const events of pagesUpTo(store, position, signal)) {
      const decoded = decodeAll(events);
      await Promise.all([log.look(decoded), ledger.look(events), ...replays.map((replay) => replay.take(decoded))]);
      const { position: reached } = events.at(-1)!;
      onProgress({ phase: 'replay', position: reached, percent: Math.floor((REPLAY_PERCENT * Number(reached)) / Number(position)) });
    }
    await Promise.all(replays.map((replay) => replay.written()));
    onProgress({ phase: 'log', position, percent: REPLAY_PERCENT });
    const [events, leaves] = [await log.finish(position), await ledger.finish(position)];

    let rows = 0;
    for (const [n, { projection, schema }] of replays.entries()) {
      signal.throwIfAborted();
      onProgress({ phase: 'tables', position, percent: REPLAY_PERCENT + Math.floor(((n + 1) * (100 - REPLAY_PERCENT)) / (replays.length + 1)) });
      rows += await compareTables(db, { projection, schema, position, findings: found });
    }
    return { differences: found.kept, differenceCount: found.count, lookedAt: { events, leaves, rows } };
  } finally {
    // A database that is away cannot be tidied now; whoever verifies next does it.
    await Promise.all([endReplays(db), forgetSeen(db)]).catch(() => {});
  }
}

/** The log up to a position. While a page is looked at the next is read. */
async function* pagesUpTo(store: EventStore, position: Position, signal: AbortSignal) {
  let next = store.readAll(BEGINNING, PAGE);
  for (;;) {
    const events = await next;
    signal.throwIfAborted();
    const wanted = events.filter((event) => comparePositions(event.position, position) <= 0);
    const isLast = events.length < PAGE || wanted.length < events.length;
    if (!isLast) {
      next = store.readAll(events.at(-1)!.position, PAGE);
      // It is awaited later, perhaps after it has failed.
      next.catch(() => {});
    }
    if (wanted.length > 0) yield wanted;
    if (isLast) return;
  }
}
