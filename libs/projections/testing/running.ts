import type pg from 'pg';
import type { EventStore } from '#event-store/event-store.js';
import { createPool } from '#platform/database.js';
import type { Projection } from '../projection.js';
import { runProjections } from '../run.js';
import { stepsEvent, type Step } from './shelf.js';

export interface Running {
  /** What went wrong, by projection. */
  readonly troubles: readonly { readonly projection: string; readonly error: unknown }[];
  stop(): Promise<void>;
}

/** A process's worth of projecting, on a pool of its own. */
export function running(url: string, store: EventStore, projections: readonly Projection[]): Running {
  const db = createPool(url, { max: 6, applicationName: 'mindet spec runner' });
  const ending = new AbortController();
  const troubles: Running['troubles'][number][] = [];
  const ended = runProjections({
    db,
    store,
    projections,
    ending: ending.signal,
    onTrouble: (projection, error) => troubles.push({ projection, error }),
    patience: { first: 5, longest: 50 },
  });
  return {
    troubles,
    async stop() {
      ending.abort();
      await ended;
      await db.end();
    },
  };
}

/** Appends one event for each group of steps. */
export async function append(store: EventStore, ...groups: readonly Step[][]): Promise<void> {
  for (const steps of groups) await store.append('body-spec', [stepsEvent(...steps)], 'any');
}

/** Waits until it is so. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until the served tables of the projections are level with the log. */
export const levelWith = (store: EventStore, db: pg.Pool, projections: readonly Projection[]): Promise<void> =>
  until(async () => {
    const { rows } = await db.query<{ position: string }>(
      `select position from read.projection where schema = 'read' and name = any($1)`,
      [projections.map(({ name }) => name)],
    );
    const head = await store.head();
    return rows.length === projections.length && rows.every(({ position }) => position === head);
  });
