import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import type { Position } from '#event-store/event-store.js';
import { inTransaction } from '#platform/database.js';
import type { BuildPlace } from './build.js';
import { storableJson } from './array-literal.js';
import { createIndexes, createTableAtMoment, createTables, dropAtMoment, LIVE_SCHEMA, qualified, quoted } from './ddl.js';
import { TablesMoved, type ProjectionFailed } from './errors.js';
import type { Projection } from './projection.js';
import { PROJECTED_CHANNEL } from './statements.js';

/** The tables that are served, and by which declaration they were built. */
export type LivePlace = BuildPlace & { readonly definition: string };

const definitions = new WeakMap<Projection, string>();

/** SHA-256 of what the tables follow from, as far as it can be seen: the version, and their declarations. */
export function definitionOf(projection: Projection): string {
  const known = definitions.get(projection);
  if (known !== undefined) return known;
  const declared = [createTables(projection, LIVE_SCHEMA), createIndexes(projection, LIVE_SCHEMA), ...projection.tables.map(createTableAtMoment)];
  const definition = createHash('sha256').update([projection.version, ...declared].join('\n')).digest('hex');
  definitions.set(projection, definition);
  return definition;
}

export const rebuildSchema = (projection: string): string => `read_rebuild_${projection}`;

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
    for (const table of projection.tables) await client.query(createTableAtMoment(table));
    const { rows } = await client.query<LivePlace>(insertPlace, placeValues(projection, LIVE_SCHEMA));
    return rows[0]!;
  });
}

/** Empty tables apart from those that are served. What was left behind there is thrown away. */
export function beginAside(db: Pool, projection: Projection, schema: string = rebuildSchema(projection.name)): Promise<BuildPlace> {
  return inTransaction(db, async (client) => {
    await client.query(`drop schema if exists ${quoted(schema)} cascade`);
    await client.query('delete from read.projection where schema = $1', [schema]);
    await client.query(`create schema ${quoted(schema)}`);
    await client.query(createTables(projection, schema));
    const { rows } = await client.query<BuildPlace>(insertPlace, placeValues(projection, schema));
    return rows[0]!;
  });
}

/** Throws away tables that were filled aside. */
export function endAside(db: Pool, schema: string): Promise<void> {
  return inTransaction(db, async (client) => {
    await client.query(`drop schema if exists ${quoted(schema)} cascade`);
    await client.query('delete from read.projection where schema = $1', [schema]);
  });
}

/** Indexes are made when the tables are full: that takes a fraction of the time. */
export function indexAside(db: Pool, projection: Projection): Promise<void> {
  return inTransaction(db, async (client) => {
    // It takes what it takes.
    await client.query('set local statement_timeout = 0');
    await client.query(createIndexes(projection, rebuildSchema(projection.name)));
    for (const table of projection.tables) await client.query(`analyze ${qualified(rebuildSchema(projection.name), table)}`);
  });
}

/**
 * Puts the tables that were filled aside in the place of those that are served, all at once: readers see the old or the new.
 * Gives way to readers rather than make them wait: it then fails with `lock_not_available`, and is to be done again.
 * @returns false, and changes nothing, where those that are served are ahead: readers must never see the present go back
 */
export function swapIn(db: Pool, projection: Projection, aside: BuildPlace): Promise<boolean> {
  const { schema } = aside;
  return inTransaction(db, async (client) => {
    await client.query(`set local lock_timeout = '200ms'`);
    const { rows: found } = await client.query<BuildPlace>('select schema, position from read.projection where id = $1 for update', [aside.id]);
    if (!found[0]) throw new TablesMoved(projection.name);
    // It was done before, and the answer lost.
    if (found[0].schema === LIVE_SCHEMA) return true;
    // Whoever still writes the old tables finds that this row is gone, and writes nothing.
    const { rows } = await client.query<{ tables: string[]; definition: string }>(
      'delete from read.projection where name = $1 and schema = $2 and position <= $3 returning tables, definition',
      [projection.name, LIVE_SCHEMA, found[0].position],
    );
    const old = rows[0];
    if (!old) return false;
    for (const table of old.tables) await client.query(`drop table ${quoted(LIVE_SCHEMA)}.${quoted(table)}`);
    for (const { name } of projection.tables) {
      await client.query(`alter table ${quoted(schema)}.${quoted(name)} set schema ${quoted(LIVE_SCHEMA)}`);
    }
    if (old.definition !== definitionOf(projection)) await replaceAtMoment(client, projection, old.tables);
    await client.query('update read.projection set schema = $1 where id = $2', [LIVE_SCHEMA, aside.id]);
    await client.query(`drop schema ${quoted(schema)}`);
    await client.query('delete from read.rebuild_request where name = $1', [projection.name]);
    await client.query('select pg_notify($1, $2)', [PROJECTED_CHANNEL, projection.name]);
    return true;
  });
}

/** Where the columns are the same the functions stay who they are: a query that was planned by them goes on. */
async function replaceAtMoment(client: PoolClient, projection: Projection, oldTables: readonly string[]): Promise<void> {
  const kept = new Set(projection.tables.map(({ name }) => name));
  await client.query(dropAtMoment(oldTables.filter((name) => !kept.has(name))));
  for (const table of projection.tables) {
    await client.query('savepoint replacing');
    try {
      await client.query(createTableAtMoment(table));
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && error.code === OTHER_COLUMNS)) throw error;
      await client.query(`rollback to savepoint replacing; ${dropAtMoment([table.name])}`);
      await client.query(createTableAtMoment(table));
    }
  }
}

/** `invalid_function_definition`: a function cannot be replaced by one that gives other columns. */
const OTHER_COLUMNS = '42P13';

/** Has the status say so: of the tables that are served, or of those being filled aside. */
export async function recordStall(db: Pool, { projection, event, cause }: ProjectionFailed, where: 'live' | 'aside' = 'live'): Promise<void> {
  const stall = { position: event.position, eventId: event.id, error: cause instanceof Error ? cause.message : String(cause) };
  const schema = where === 'live' ? LIVE_SCHEMA : rebuildSchema(projection);
  await db.query('update read.projection set stall = $1 where name = $2 and schema = $3', [storableJson(JSON.stringify(stall)), projection, schema]);
}

export async function writtenPosition(db: Pool, projection: Projection): Promise<Position> {
  const place = await findLivePlace(db, projection);
  return place?.position ?? '0';
}
