import { decode, type Event, type EventMetadata } from '#domain/catalogue.js';
import { changesBetween, type Change } from '#domain/history.js';
import { streamOf, subjectKind } from '#domain/identifiers.js';
import type { ReportPlace } from '#domain/report/events.js';
import type { ReportState } from '#domain/report/state.js';
import { foldOf, type ThingKind } from '#domain/things.js';
import type { Actor, CalendarDate, Decision, Reporter } from '#domain/values.js';
import type { EventStore, Position, RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';

export type HistoryItem = {
  readonly position: Position;
  /** Whose event it is: the thing's own or, where a report's acceptance lapses, that of its subject. */
  readonly thing: { readonly kind: ThingKind; readonly id: string };
  /** Of that thing. */
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly occurredOn: CalendarDate;
  readonly actor: Actor;
  /** Of a report: what it is about, whose it is and for which period. */
  readonly about?: { readonly subject: string; readonly reporter: Reporter; readonly period: string };
  readonly decision?: Decision;
  readonly reason?: string;
  readonly changes: readonly Change[];
  /** Reports whose acceptance lapsed, since they were made on the text before. */
  readonly lapsed?: readonly LapsedReport[];
};

export type LapsedReport = { readonly report: string; readonly reporter: Reporter; readonly period: string };

export type HistoryFilter = {
  /** Of the actor, as tokens name it. */
  readonly actor?: string;
  readonly type?: string;
  /** The first and the last moment of recording: a position or an RFC 3339 time. */
  readonly from?: Bound;
  readonly to?: Bound;
};
export type Bound = { readonly position: Position } | { readonly time: Date };

export type HistoryGround = {
  readonly store: EventStore;
  /** The ids of the reports about a priority or commitment. */
  readonly reportsOn: (subject: string) => Promise<readonly string[]>;
};

/** What happened to one thing up to a position, in order, each with what it changed from what to what. */
export async function readHistory(
  { store, reportsOn }: HistoryGround,
  kind: ThingKind,
  id: string,
  upTo: Position,
  { after, limit = Infinity, ...filter }: HistoryFilter & { after?: Position; limit?: number } = {},
): Promise<HistoryItem[]> {
  const items = (await wholeHistory(store, kind, id, upTo))
    .filter((item) => (after === undefined || comparePositions(item.position, after) > 0) && passes(item, filter))
    .slice(0, limit);
  if (!items.some(amendsText)) return items;
  const histories = await Promise.all((await reportsOn(id)).map((report) => wholeHistory(store, 'report', report, upTo)));
  const lapses = Map.groupBy(histories.flatMap(lapsesIn), ({ position }) => position);
  return items.map((item) => {
    const lapsed = lapses.get(item.position)?.map(({ report }) => report);
    return lapsed ? { ...item, lapsed } : item;
  });
}

/** Whether anything had happened to the thing by then, whatever a filter leaves of it. */
export async function hasHistory(store: EventStore, kind: ThingKind, id: string, upTo: Position): Promise<boolean> {
  const [first] = await store.readStream(streamOf[kind](id), 0, 1);
  return first !== undefined && comparePositions(first.position, upTo) <= 0;
}

async function wholeHistory(store: EventStore, kind: ThingKind, id: string, upTo: Position): Promise<HistoryItem[]> {
  const own = await eventsOf(store, kind, id, upTo);
  return kind === 'report' ? reportHistory(store, own, upTo) : told(own, foldOf(kind));
}

/** Beside its own events, those of its subject by which its acceptance lapsed. */
async function reportHistory(store: EventStore, own: readonly Happened[], upTo: Position): Promise<HistoryItem[]> {
  const first = own[0] && decode(own[0].recorded);
  if (first?.type !== 'ProgressReported') return told(own, foldOf('report'));
  const { subject } = first.data;
  const kind = subjectKind(subject);
  const all = [...own, ...(await eventsOf(store, kind, subject, upTo))].toSorted((a, b) => comparePositions(a.recorded.position, b.recorded.position));
  const [report, text] = [foldOf('report'), foldOf(kind)];
  const items = told<ReportOnText>(all, {
    initial: { report: undefined, text: undefined },
    evolve: (state, event) => ({ report: report.evolve(state.report, event) as ReportState, text: text.evolve(state.text, event) as ReportOnText['text'] }),
    shown: ({ report, text }) => report && { ...report, ...(report.status === 'accepted' && report.textVersion < (text?.textVersion ?? 0) && { lapsed: true }) },
  });
  return items.filter((item) => item.thing.kind === 'report' || item.changes.length > 0);
}

type ReportOnText = { readonly report: ReportState; readonly text: { readonly textVersion: number } | undefined };
type Happened = { readonly thing: HistoryItem['thing']; readonly recorded: RecordedEvent };
type Fold<State> = { readonly initial: State; evolve(state: State, event: Event): State; shown?(state: State): unknown };

async function eventsOf(store: EventStore, kind: ThingKind, id: string, upTo: Position): Promise<Happened[]> {
  const events: Happened[] = [];
  for await (const recorded of readWholeStream(store, streamOf[kind](id))) {
    if (comparePositions(recorded.position, upTo) > 0) break;
    events.push({ thing: { kind, id }, recorded });
  }
  return events;
}

function told<State>(events: readonly Happened[], { initial, evolve, shown = (state) => state }: Fold<State>): HistoryItem[] {
  let state = initial;
  return events.map(({ thing, recorded }) => {
    const event = decode(recorded);
    const before = state;
    if (event) state = evolve(before, event);
    const { occurredOn, actor } = recorded.metadata as unknown as EventMetadata;
    const { decision, reason, subject, reporter, period } = recorded.data as Partial<ReportPlace> & { decision?: Decision; reason?: string };
    return {
      position: recorded.position,
      thing,
      revision: recorded.revision,
      type: recorded.type,
      recordedAt: recorded.recordedAt,
      occurredOn,
      actor,
      ...(subject !== undefined && reporter && period !== undefined && { about: { subject, reporter, period } }),
      ...(decision !== undefined && { decision }),
      ...(reason !== undefined && { reason }),
      changes: changesBetween(shown(before), shown(state)),
    };
  });
}

const amendsText = ({ thing, revision, changes }: HistoryItem): boolean =>
  thing.kind !== 'report' && revision > 0 && changes.some(({ field }) => field === '/textVersion');

function lapsesIn(history: readonly HistoryItem[]): { position: Position; report: LapsedReport }[] {
  const [first] = history;
  if (!first?.about) return [];
  const { reporter, period } = first.about;
  const report = { report: first.thing.id, reporter, period };
  return history.filter(({ thing }) => thing.kind !== 'report').map(({ position }) => ({ position, report }));
}

function passes(item: HistoryItem, { actor, type, from, to }: HistoryFilter): boolean {
  return (
    (actor === undefined || item.actor.subject === actor) &&
    (type === undefined || item.type === type) &&
    (from === undefined || compareWith(item, from) >= 0) &&
    (to === undefined || compareWith(item, to) <= 0)
  );
}

const compareWith = ({ position, recordedAt }: HistoryItem, bound: Bound): number =>
  'position' in bound ? comparePositions(position, bound.position) : Date.parse(recordedAt) - bound.time.getTime();
