import type { Pool } from 'pg';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { openBuild, type Build, type BuildOptions } from './build.js';
import { decodeAll } from './decoded.js';
import { persist } from '#platform/patience.js';
import { beginAside, indexAside, swapIn, writtenPosition } from './places.js';
import type { Projection } from './projection.js';

const PAGE = 5_000;

/** Fills tables apart from those that are served, until they are about level with the log. */
export async function fillAside(db: Pool, store: EventStore, projection: Projection, options: BuildOptions): Promise<Build> {
  const place = await persist(() => beginAside(db, projection), options.patience, options.signal);
  const aside = openBuild(db, projection, place, options);
  await takeUpTo(aside, store, await store.head());
  await persist(() => indexAside(db, projection), options.patience, options.signal);
  // Making indexes takes its time, in which the log goes on.
  await takeUpTo(aside, store, await store.head());
  return aside;
}

/** Puts the tables filled aside in the place of those that were served. */
export async function takePlace(aside: Build, db: Pool, store: EventStore, { patience, signal }: BuildOptions): Promise<void> {
  const { projection, place } = aside;
  do await takeUpTo(aside, store, await persist(() => writtenPosition(db, projection), patience, signal));
  while (!(await persist(() => swapIn(db, projection, place), patience, signal)));
}

async function takeUpTo(build: Build, store: EventStore, position: Position): Promise<void> {
  let next: Promise<RecordedEvent[]> | undefined;
  while (comparePositions(build.position, position) < 0) {
    const events = await (next ?? store.readAll(build.position, PAGE));
    if (events.length === 0) break;
    // While a page is being written the next is read.
    next = events.length < PAGE ? undefined : store.readAll(events.at(-1)!.position, PAGE);
    // It is awaited later, perhaps after it has failed.
    next?.catch(() => {});
    await build.take(decodeAll(events));
  }
  await build.written();
}
