import { PROJECTED_CHANNEL } from '#projections/statements.js';
import { isRebuildRequested, requestRebuild } from '#projections/rebuild-requests.js';
import { projectionsOn } from '#projections/registry.js';
import { runProjections } from '#projections/run.js';
import { projectedPosition, projectionStatus, type ProjectionStatus } from '#projections/status.js';
import { reached } from '#projections/waiting.js';
import type { ReadModel } from '#queries/read-model.js';
import { wakeUps } from '#platform/wake-ups.js';
import type { Stores } from './open-stores.js';

/** How long a read waits for the read side. */
const PATIENCE_MS = 5_000;
/** Backstop for a notification that was lost with its connection. */
const POLL_MS = 500;

type Opening = {
  /** Whether this process keeps the projections, as far as no other does. */
  readonly projecting: boolean;
  readonly onTrouble: (projection: string, error: unknown) => void;
  /** Ends the projecting, and streams of events. */
  readonly closing: AbortSignal;
};

export type ReadSideOfService = {
  readonly model: ReadModel;
  readonly status: () => Promise<ProjectionStatus[]>;
  readonly requestRebuild: (name: string) => Promise<void>;
  /** From the request until the new tables are in their place. */
  readonly isRebuilding: (name: string) => Promise<boolean>;
  /** Resolves once everything has ended, after `closing`. */
  close(): Promise<void>;
};

export function openReadSide(stores: Stores, { projecting, onTrouble, closing }: Opening): ReadSideOfService {
  const { db, store, clock } = stores;
  const projections = projectionsOn(store);
  const running = projecting ? runProjections({ db, store, projections, ending: closing, onTrouble }) : Promise.resolve();
  const news = wakeUps(db.options, PROJECTED_CHANNEL, POLL_MS);
  const position = () => projectedPosition(db, projections);
  return {
    model: {
      store,
      closing,
      side: {
        db,
        store,
        clock,
        position,
        reached: (wanted) => reached(wanted, position, news, AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)])),
      },
    },
    status: () => projectionStatus(db, store, projections),
    requestRebuild: (name) => requestRebuild(db, name),
    isRebuilding: (name) => isRebuildRequested(db, name),
    async close() {
      await running;
      await news.close();
    },
  };
}
