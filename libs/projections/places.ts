import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import { inTransaction } from '#platform/database.js';
import type { BuildPlace } from './build.js';
import { createAtMoment, createIndexes, createTables, dropAtMoment, LIVE_SCHEMA, quoted } from './ddl.js';
import type { ProjectionFailed } from './errors.js';
import type { Projection } from './projection.js';

/** The tables that are served, and by which declaration they were built. */
export type LivePlace = BuildPlace & { readonly definition: string };

const definitions = new WeakMap<Projection, string>();

/** SHA-256 of what the tables follow from, as far as it can be seen: the version, and their declarations. */
export function definitionOf(projection: Projection): string {
  const known = definitions.get(projection);
  if (known !== undefined) return known;
  const declared = [createTables(projection, LIVE_SCHEMA), createIndexes(projection, LIVE_SCHEMA), createAtMoment(projection)];
  const definition = createHash('sha256').update([projection.version, ...declared].join('\n')).digest('hex');
  definitions.set(projection, definition);
  return definition;
}

const rebuildSchema = (projection: Projection): string => `read_rebuild_${projection.name}`;

/** Where the projection is served from. Its tables are made where it never was. */
export async function livePlace(db: Pool, projection: Projection): Promise<LivePlace> {
  return (await findLivePlace(db, projection)) ?? create(db, projection);
}

async function findLivePlace(db: Pool, { name }: Projection): Promise<LivePlace | undefined> {
  const { rows } = await db.query<LivePlace>(
    'select id, schema, position, definition from read.projection where name = $1 and schema = $2',
    [name, LIVE_SCHEMA],
  );
  return rows[0];
}

const insertPlace = `insert into read.projection (name, schema, version, definition, tables) values ($1, $2, $3, $4, $5)
  returning id, schema, position, definition`;

const placeValues = (projection: Projection, schema: string): unknown[] => [
  projection.name,
  schema,
  projection.version,
  definitionOf(projection),
  projection.tables.map(({ name }) => name),
];

function create(db: Pool, projection: Projection): Promise<LivePlace> {
  return inTransaction(db, async (client) => {
    await client.query(createTables(projection, LIVE_SCHEMA));
    await client.query(createIndexes(projection, LIVE_SCHEMA));
    await client.query(createAtMoment(projection));
    const { rows } = await client.query<LivePlace>(insertPlace, placeValues(projection, LIVE_SCHEMA));
    return rows[0]!;
  });
}

/** Empty tables apart from those that are served. What an earlier rebuild left behind is thrown away. */
export function beginAside(db: Pool, projection: Projection): Promise<BuildPlace> {
  const schema = rebuildSchema(projection);
  return inTransaction(db, async (client) => {
    await client.query(`drop schema if exists ${quoted(schema)} cascade`);
    await client.query('delete from read.projection where schema = $1', [schema]);
    await client.query(`create schema ${quoted(schema)}`);
    await client.query(createTables(projection, schema));
    const { rows } = await client.query<BuildPlace>(insertPlace, placeValues(projection, schema));
    return rows[0]!;
  });
}

/** Indexes are made when the tables are full: that takes a fraction of the time. */
export function indexAside(db: Pool, projection: Projection): Promise<void> {
  return inTransaction(db, async (client) => {
    // It takes what it takes.
    await client.query('set local statement_timeout = 0');
    await client.query(createIndexes(projection, rebuildSchema(projection)));
    for (const { name } of projection.tables) await client.query(`analyze ${quoted(rebuildSchema(projection))}.${quoted(name)}`);
  });
}

/**
 * Puts the tables that were filled aside in the place of those that are served, all at once: readers see the old or the new.
 * Gives way to readers rather than make them wait: it then fails with `lock_not_available`, and is to be done again.
 * @returns false, and changes nothing, where those that are served are ahead: readers must never see the present go back
 */
export function swapIn(db: Pool, projection: Projection): Promise<boolean> {
  const schema = rebuildSchema(projection);
  return inTransaction(db, async (client) => {
    await client.query(`set local lock_timeout = '200ms'`);
    // Whoever still writes the old tables finds that this row is gone, and writes nothing.
    const { rows } = await client.query<{ tables: string[]; definition: string }>(
      `delete from read.projection live using read.projection aside
        where live.name = $1 and live.schema = $2 and aside.name = $1 and aside.schema = $3 and live.position <= aside.position
        returning live.tables, live.definition`,
      [projection.name, LIVE_SCHEMA, schema],
    );
    const old = rows[0];
    if (!old) return false;
    for (const table of old.tables) await client.query(`drop table ${quoted(LIVE_SCHEMA)}.${quoted(table)}`);
    for (const { name } of projection.tables) {
      await client.query(`alter table ${quoted(schema)}.${quoted(name)} set schema ${quoted(LIVE_SCHEMA)}`);
    }
    // Where the columns are the same the functions stay: a query that was planned by them goes on.
    if (old.definition !== definitionOf(projection)) {
      await client.query(dropAtMoment([...old.tables, ...projection.tables.map(({ name }) => name)]));
      await client.query(createAtMoment(projection));
    }
    await client.query('update read.projection set schema = $1 where name = $2 and schema = $3', [LIVE_SCHEMA, projection.name, schema]);
    await client.query(`drop schema ${quoted(schema)}`);
    await client.query('delete from read.rebuild_request where name = $1', [projection.name]);
    return true;
  });
}

export async function recordStall(db: Pool, { projection, event, cause }: ProjectionFailed): Promise<void> {
  const stall = { position: event.position, eventId: event.id, error: cause instanceof Error ? cause.message : String(cause) };
  await db.query('update read.projection set stall = $1 where name = $2 and schema = $3', [JSON.stringify(stall), projection, LIVE_SCHEMA]);
}

export async function writtenPosition(db: Pool, projection: Projection): Promise<Position> {
  const place = await findLivePlace(db, projection);
  return place?.position ?? '0';
}
