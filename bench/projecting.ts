import type pg from 'pg';
import type { EventStore, Position } from '#event-store/event-store.js';
import { openBuild } from '#projections/build.js';
import { decodeAll } from '#projections/decoded.js';
import { quoted } from '#projections/ddl.js';
import { livePlace } from '#projections/places.js';
import type { Projection } from '#projections/projection.js';
import type { Statement } from '#projections/statements.js';

/** A page of the log, read and parsed, one after another. */
export async function* pagesOf(store: EventStore, size: number): AsyncGenerator<ReturnType<typeof decodeAll>> {
  for (let position: Position = '0'; ; ) {
    const events = await store.readAll(position, size);
    if (events.length === 0) return;
    yield decodeAll(events);
    position = events.at(-1)!.position;
  }
}

/** For each page of the log the statements that write what the projections make of it, with all their values at hand. */
export async function writesOf(pool: pg.Pool, store: EventStore, projections: readonly Projection[], pageSize: number): Promise<Statement[][]> {
  let page: Statement[] = [];
  const recorder = {
    query(statement: Statement) {
      page.push(statement);
      return Promise.resolve({ rowCount: 1, rows: [] });
    },
  } as unknown as pg.Pool;
  const patience = { first: 1, longest: 1 };
  const { signal } = new AbortController();
  const builds = await Promise.all(
    projections.map(async (one) => openBuild(recorder, one, await livePlace(pool, one), { patience, signal, rows: Infinity })),
  );
  const pages: Statement[][] = [];
  for await (const events of pagesOf(store, pageSize)) {
    for (const build of builds) {
      await build.take(events);
      await build.written();
    }
    pages.push(page);
    page = [];
  }
  return pages;
}

/** Makes the tables empty, as at the beginning. */
export async function emptyTables(pool: pg.Pool, projections: readonly Projection[]): Promise<void> {
  for (const one of projections) await livePlace(pool, one);
  const tables = projections.flatMap(({ tables }) => tables.map(({ name }) => `read.${quoted(name)}`));
  await pool.query(`truncate ${tables.join(', ')}`);
  await pool.query('update read.projection set position = 0');
}
