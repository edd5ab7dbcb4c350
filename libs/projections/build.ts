import type pg from 'pg';
import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { AnyRow } from './change.js';
import { changesOf, type Decoded, type Placed } from './decoded.js';
import { ProjectionFailed, TablesMoved } from './errors.js';
import { persist, type Patience } from '#platform/patience.js';
import type { Projection } from './projection.js';
import { rowVersions, type RowVersions, type TableWrites, type Version } from './row-versions.js';
import { KEY_NUMBER, latestVersionsStatement, writeStatement } from './statements.js';

/** A set of a projection's tables, as `read.projection` names it. */
export interface BuildPlace {
  readonly id: string;
  readonly schema: string;
  readonly position: Position;
}

export interface BuildOptions {
  readonly patience: Patience;
  /** Nothing is written after it aborts. */
  readonly signal: AbortSignal;
  /** How many rows of each table to remember from batch to batch; what was forgotten is looked up. */
  readonly rows?: number;
  /** What failed before: those events are taken one by one, so that it is known which it was. */
  readonly failed?: ProjectionFailed | undefined;
}

/** The tables of one projection in one schema, being folded from the log by one reader. */
export interface Build {
  readonly projection: Projection;
  readonly place: BuildPlace;
  /** Every event up to here was taken, though the last ones may still be on their way into the tables. */
  readonly position: Position;
  /**
   * Folds events into the tables; those that it has taken already are passed over. Answers once the batch is folded and
   * the one before it is written, so that the next can be read and folded while this one is being written.
   * After an error the build is of no more use.
   * @throws {ProjectionFailed}
   * @throws {TablesMoved}
   */
  take(events: readonly Decoded[]): Promise<void>;
  /** Answers when all that was taken is written. @throws as `take` */
  written(): Promise<void>;
}

const REMEMBERED_ROWS = 10_000;

export function openBuild(pool: pg.Pool, projection: Projection, place: BuildPlace, options: BuildOptions): Build {
  const { patience, signal, failed, rows = REMEMBERED_ROWS } = options;
  const tables = new Map(
    projection.tables.map((table) => [table.name, rowVersions(table, rows, place.position === '0')]),
  );
  let position = place.position;
  let writing: Promise<void> = Promise.resolve();

  async function learnUnknown(placed: readonly Placed[]): Promise<void> {
    for (const [rows, keys] of keysToLearn(placed)) {
      const statement = latestVersionsStatement(place.schema, rows.table, keys);
      const { rows: found } = await persist(() => pool.query<Version>(statement), patience, signal);
      const latest = new Map(found.map(({ [KEY_NUMBER]: number, ...version }) => [number, version as Version]));
      keys.forEach((key, index) => rows.learn(key, latest.get(index + 1)));
    }
  }

  function keysToLearn(placed: readonly Placed[]): Map<RowVersions, AnyRow[]> {
    const unknown = new Map<RowVersions, AnyRow[]>();
    for (const { change } of placed) {
      const rows = versionsOf(change.table.name);
      if (!rows.meets(change.key)) continue;
      const keys = unknown.get(rows);
      if (keys) keys.push(change.key);
      else unknown.set(rows, [change.key]);
    }
    return unknown;
  }

  function versionsOf(table: string): RowVersions {
    const rows = tables.get(table);
    if (!rows) throw new Error(`${projection.name} does not declare the table ${table}`);
    return rows;
  }

  async function write(from: Position, to: Position, writes: readonly TableWrites[]): Promise<void> {
    const statement = writeStatement(place.schema, place.id, from, to, writes);
    const moved = await persist(() => pool.query(statement), patience, signal);
    if (moved.rowCount === 1) return;
    // An answer may have been lost after the commit. The rows are a function of the position: whoever wrote, they are right.
    const { rows } = await persist(
      () => pool.query<{ position: Position }>('select position from read.projection where id = $1', [place.id]),
      patience,
      signal,
    );
    if (rows[0]?.position !== to) throw new TablesMoved(projection.name);
  }

  async function takeTogether(events: readonly Decoded[]): Promise<void> {
    const [first, last] = [events[0]!.recorded, events.at(-1)!.recorded];
    const failing = (error: unknown): never => {
      if (error instanceof TablesMoved || signal.aborted) throw error;
      throw new ProjectionFailed(projection.name, first, last, error);
    };
    const from = position;
    const placed = changesOf(projection, events);
    await learnUnknown(placed).catch(failing);
    applyAll(placed);
    const writes = [...tables.values()].map((rows) => rows.finishBatch()).filter((writes) => writes !== undefined);
    position = last.position;
    await writing;
    signal.throwIfAborted();
    writing = write(from, position, writes).catch(failing);
    // It is awaited later, perhaps after it has failed.
    writing.catch(() => {});
  }

  function applyAll(placed: readonly Placed[]): void {
    for (const { change, of } of placed) {
      try {
        versionsOf(change.table.name).apply(change, of.position);
      } catch (cause) {
        throw new ProjectionFailed(projection.name, of, of, cause);
      }
    }
  }

  const isSuspect = ({ recorded: { position } }: Decoded): boolean =>
    failed !== undefined &&
    comparePositions(position, failed.event.position) >= 0 &&
    comparePositions(position, failed.last.position) <= 0;

  return {
    projection,
    place,
    get position() {
      return position;
    },
    async take(events) {
      const fresh = events.filter(({ recorded }) => comparePositions(recorded.position, position) > 0);
      if (fresh.length === 0) return;
      if (!fresh.some(isSuspect)) return takeTogether(fresh);
      for (const event of fresh) {
        await takeTogether([event]);
        await writing;
      }
    },
    written: () => writing,
  };
}
