import { agendaDecider } from '#domain/agenda/decider.js';
import { bodyDecider } from '#domain/body/decider.js';
import { decode, type Event, type EventMetadata } from '#domain/catalogue.js';
import { commitmentDecider } from '#domain/commitment/decider.js';
import { changesBetween } from '#domain/history.js';
import { streamOf } from '#domain/identifiers.js';
import { priorityDecider } from '#domain/priority/decider.js';
import { reportDecider } from '#domain/report/decider.js';
import type { EventStore } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';
import type { Moment } from './moment.js';

const FOLDS = {
  agenda: agendaDecider,
  body: bodyDecider,
  priority: priorityDecider,
  commitment: commitmentDecider,
  report: reportDecider,
} as const;

export type ThingKind = keyof typeof FOLDS;
export const THING_KINDS = Object.keys(FOLDS) as ThingKind[];

/** What happened to one thing up to the moment, in order, each with what it changed from what to what. */
export async function readHistory(
  store: EventStore,
  kind: ThingKind,
  id: string,
  at: Pick<Moment, 'position'>,
  page: { after?: number; limit: number },
) {
  // Each kind's decider folds its own events; which one it is, the types cannot follow.
  const fold = FOLDS[kind] as { initial: unknown; evolve(state: unknown, event: Event): unknown };
  let state = fold.initial;
  const items = [];
  for await (const recorded of readWholeStream(store, streamOf[kind](id))) {
    if (comparePositions(recorded.position, at.position) > 0) break;
    const event = decode(recorded);
    const before = state;
    if (event) state = fold.evolve(before, event);
    if (recorded.revision <= (page.after ?? -1)) continue;
    const { occurredOn, actor } = recorded.metadata as unknown as EventMetadata;
    const decision = (recorded.data as { decision?: unknown }).decision;
    items.push({
      position: recorded.position,
      revision: recorded.revision,
      type: recorded.type,
      recordedAt: recorded.recordedAt,
      occurredOn,
      actor,
      ...(decision !== undefined && { decision }),
      changes: changesBetween(before, state),
    });
    if (items.length === page.limit) break;
  }
  return items;
}
