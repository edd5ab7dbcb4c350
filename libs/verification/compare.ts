import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { inTransaction } from '#platform/database.js';
import type { AnyTable } from '#projections/change.js';
import { createTableAtMoment, LIVE_SCHEMA, OPEN, qualified } from '#projections/ddl.js';
import { NotProjected } from '#projections/errors.js';
import { definitionOf } from '#projections/places.js';
import type { Projection } from '#projections/projection.js';
import { compareStatement, type ComparedRow, type VersionText } from './compare-statement.js';
import type { Difference, EventName, Findings } from './difference.js';
import { namesAt } from './log-check.js';

type Comparison = {
  readonly projection: Projection;
  /** Where it was rebuilt, up to the position. */
  readonly schema: string;
  readonly position: Position;
  readonly findings: Findings;
};

/**
 * Holds the tables of a projection, as they are served, against those that were rebuilt: every version of every row that was
 * valid at or before the position, and so the whole past. Answers how many rows were compared.
 * @throws {NotProjected} those that are served are not of this release, or have not come as far
 */
export async function compareTables(db: Pool, comparison: Comparison): Promise<number> {
  const { projection, position } = comparison;
  const found = await inTransaction(db, async (client) => {
    await client.query(`set transaction isolation level repeatable read, read only; set local statement_timeout = 0; set local jit = off; set local work_mem = '32MB'`);
    // Before the first look, from which on all is seen as it then was: other tables must not take their place in between.
    for (const table of projection.tables) await client.query(`lock table ${qualified(LIVE_SCHEMA, table)} in access share mode`);
    const served = await servedPosition(client, projection, position);
    const compared: TableDifferences[] = [];
    for (const table of projection.tables) compared.push(await compareTable(client, table, served, comparison));
    return compared;
  });
  for (const { table, rows, functions } of found) {
    for (const one of functions) comparison.findings.add({ kind: 'function', what: one, position: null, event: null, ...noRow(comparison, table) });
    const names = await namesAt(db, rows.flatMap(({ rebuilt }) => (rebuilt ? [rebuilt.valid_from, rebuilt.valid_to] : [])));
    tell(table, rows, names, comparison);
  }
  return found.reduce((sum, { count }) => sum + count, 0);
}

/** Of events, by their positions. */
type Names = ReadonlyMap<Position, EventName>;
type TableDifferences = { readonly table: AnyTable; readonly rows: readonly ComparedRow[]; readonly functions: readonly string[]; readonly count: number };

async function servedPosition(client: PoolClient, projection: Projection, position: Position): Promise<Position> {
  const { rows } = await client.query<{ position: Position }>('select position from read.projection where name = $1 and schema = $2 and definition = $3', [
    projection.name,
    LIVE_SCHEMA,
    definitionOf(projection),
  ]);
  if (!rows[0] || comparePositions(rows[0].position, position) < 0) throw new NotProjected();
  return rows[0].position;
}

async function compareTable(client: PoolClient, table: AnyTable, served: Position, { schema, position, findings }: Comparison): Promise<TableDifferences> {
  const { rows } = await client.query<ComparedRow>(compareStatement(table, schema), [position, served, Math.max(1, findings.room)]);
  const { rows: sizes } = await client.query<{ count: string }>(`select count(*) from ${qualified(schema, table)}`);
  return { table, rows, functions: await strangeFunctions(client, table), count: Number(sizes[0]!.count) };
}

/** Reads ask a function for a table's rows at a moment: another one would be another past. */
async function strangeFunctions(client: PoolClient, table: AnyTable): Promise<string[]> {
  const { rows } = await client.query<{ source: string }>(
    `select prosrc as source from pg_proc where pronamespace = $1::regnamespace and proname = $2 and pronargs = 1`,
    [LIVE_SCHEMA, `${table.name}_at`],
  );
  const own = createTableAtMoment(table);
  if (rows.length === 0) return [`the function ${LIVE_SCHEMA}.${table.name}_at is gone`];
  return rows.filter(({ source }) => !own.includes(source)).map(() => `the function ${LIVE_SCHEMA}.${table.name}_at is not what this release made`);
}

function tell(table: AnyTable, rows: readonly ComparedRow[], names: Names, comparison: Comparison): void {
  const { findings } = comparison;
  let told = 0;
  for (const row of rows) {
    for (const difference of differencesOf(table, row, names, comparison)) {
      if (findings.room === 0) break;
      findings.add(difference);
      told += 1;
    }
  }
  findings.addUnkept(Number(rows[0]?.total ?? 0) - told);
}

function differencesOf(table: AnyTable, { rebuilt, served, columns }: ComparedRow, names: Names, { projection }: Comparison): Difference[] {
  const of = { projection: projection.name, table: table.name, key: keyOf(table, (rebuilt ?? served)!) };
  const at = (version: VersionText) => `${table.name} ${Object.values(of.key).join(' ')} from position ${version.valid_from}`;
  if (rebuilt === null) {
    const what = `${at(served!)} is served, and no event made it so`;
    return [{ kind: 'extra', what, position: served!.valid_from, event: null, ...of, column: null, rebuilt: null, served }];
  }
  const position = rebuilt.valid_from;
  const event = names.get(position) ?? null;
  if (served === null) return [{ kind: 'missing', what: `${at(rebuilt)} is not served`, position, event, ...of, column: null, rebuilt, served: null }];
  return (columns.length > 0 ? columns : [null]).map((column): Difference => {
    const ended = column === 'valid_to' && rebuilt.valid_to !== OPEN;
    return {
      kind: 'value',
      what: `${at(rebuilt)} has ${column === null ? 'another stored form' : `another ${column}`}`,
      position: ended ? rebuilt.valid_to : position,
      event: ended ? (names.get(rebuilt.valid_to) ?? null) : event,
      ...of,
      column,
      rebuilt: column === null ? rebuilt : rebuilt[column],
      served: column === null ? served : served[column],
    };
  });
}

const keyOf = (table: AnyTable, version: VersionText) => Object.fromEntries(table.key.map((column) => [column, version[column]]));

const noRow = ({ projection }: Comparison, table: AnyTable) => ({ projection: projection.name, table: table.name });
