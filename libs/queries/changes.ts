import { changesBetween, type Change } from '#domain/history.js';
import type { ThingKind } from '#domain/things.js';
import type { EventStore } from '#event-store/event-store.js';
import { agenda, memberState, reportingPeriod } from '#projections/agendas.js';
import type { AnyRow, AnyTable } from '#projections/change.js';
import { report, reportContent } from '#projections/reports.js';
import { assignment, commitment, milestone, priority } from '#projections/work-tables.js';
import { happeningsOf, type Moved } from './happenings.js';
import type { Moment } from './moment.js';
import { rowsAt, type Reading } from './rows.js';
import { acceptanceStands, isOwn } from './standing-reports.js';
import type { Viewer } from './viewer.js';

/** How one thing of an agenda differs between two moments. */
export type Difference = {
  readonly thing: string;
  /** The thing's own id, or its parts where it has no id of its own. */
  readonly id: string;
  readonly change: 'added' | 'changed' | 'removed';
  readonly changes: readonly Change[];
};

/** In the order in which a reader wants to hear of them. */
const TABLES: readonly AnyTable[] = [agenda, memberState, reportingPeriod, priority, commitment, assignment, milestone, report];

/** What is different in an agenda at the later moment, and what happened to bring that about. Reports are those that the viewer may know. */
export async function readChanges(reading: Omit<Reading, 'at'>, store: EventStore, id: string, from: Moment, to: Moment) {
  const [before, after] = await Promise.all([from, to].map((at) => stateOf({ ...reading, at }, id)));
  if (!after!.get('agenda')!.size) return undefined;
  const moved = THINGS.flatMap(({ name }) => movedIn(reading.viewer, name as ThingKind, before!.get(name)!, after!.get(name)!));
  return {
    items: TABLES.flatMap(({ name }) => differences(name, before!.get(name)!, after!.get(name)!)),
    happened: await happeningsOf({ ...reading, at: to }, store, moved, from),
  };
}

/** The tables whose rows are things with a stream of their own. */
const THINGS: readonly AnyTable[] = [agenda, priority, commitment, report];

/** Every event of a thing leaves its row with another revision. */
function movedIn(viewer: Viewer, kind: ThingKind, before: ReadonlyMap<string, AnyRow>, after: ReadonlyMap<string, AnyRow>): Moved[] {
  return [...after].flatMap(([id, row]) => {
    if (before.get(id)?.['revision'] === row['revision']) return [];
    const isKnownWhole = kind !== 'report' || viewer.seesAll || isOwn(viewer, row['reporter'] as string);
    return { kind, id, ...(!isKnownWhole && { only: 'ReportAccepted' as const }) };
  });
}

/** Every row of an agenda by table and key. */
async function stateOf(reading: Reading, id: string): Promise<Map<string, Map<string, AnyRow>>> {
  const tables = await Promise.all(
    TABLES.map(async (table) => {
      const rows: AnyRow[] = await rowsAt(reading, table, table === agenda ? { where: { id } } : { where: { agenda: id } });
      return [table, table === report ? await withContent(reading, rows) : rows] as const;
    }),
  );
  const texts = new Map(
    tables.flatMap(([table, rows]) =>
      table === priority || table === commitment ? rows.map((row) => [row['id'], row['text_version']] as const) : [],
    ),
  );
  const isKnown = (row: AnyRow) =>
    reading.viewer.seesAll ||
    isOwn(reading.viewer, row['reporter'] as string) ||
    acceptanceStands(row as never, texts.get(row['subject']) as number);
  return new Map(
    tables.map(([table, rows]) => [
      table.name,
      new Map(rows.filter((row) => table !== report || isKnown(row)).map((row) => [keyOf(table, row), row])),
    ]),
  );
}

/** Reports with what they say. */
async function withContent(reading: Reading, reports: readonly AnyRow[]): Promise<AnyRow[]> {
  const contents = await rowsAt(reading, reportContent, { where: { id: reports.map(({ id }) => id as string) } });
  const byId = new Map(contents.map((content) => [content.id, content]));
  return reports.map((row) => ({ ...row, ...byId.get(row['id'] as string) }));
}

const keyOf = (table: AnyTable, row: AnyRow): string => table.key.map((column) => row[column]).join(' ');

function differences(thing: string, before: ReadonlyMap<string, AnyRow>, after: ReadonlyMap<string, AnyRow>): Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [earlier, later] = [before.get(id), after.get(id)];
    const changes = changesBetween(shown(earlier), shown(later));
    if (changes.length === 0) return [];
    return { thing, id, change: !earlier ? 'added' : later ? 'changed' : 'removed', changes };
  });
}

/** The fields in the API's spelling, without the revision, which changes with every event. */
function shown(row: AnyRow | undefined): object | undefined {
  if (!row) return undefined;
  const fields = Object.entries(row).filter(([name]) => name !== 'revision');
  return Object.fromEntries(fields.map(([name, value]) => [name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), value ?? undefined]));
}
