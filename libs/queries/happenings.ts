import type { EventType } from '#domain/catalogue.js';
import type { ThingKind } from '#domain/things.js';
import type { EventStore } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readHistory, type HistoryItem } from './history.js';
import type { Moment } from './moment.js';
import { reportsOn } from './reports-on.js';
import type { Reading } from './rows.js';

/** What a reader of changes asks for. */
export const HAPPENINGS = ['added', 'decided', 'rescheduled', 'reported', 'assessed', 'amended', 'assigned', 'milestone', 'participation', 'body', 'edition'] as const;
export type Happening = HistoryItem & { readonly what: (typeof HAPPENINGS)[number] };

const WHAT: Readonly<Record<EventType, Happening['what']>> = {
  AgendaOpened: 'added',
  ParticipationRecorded: 'participation',
  AgendaClosed: 'decided',
  BodyRegistered: 'body',
  BodyRenamed: 'body',
  BodyRetired: 'body',
  PriorityProposed: 'added',
  PriorityAmended: 'amended',
  PriorityAgreed: 'decided',
  PriorityAssigned: 'assigned',
  PriorityUnassigned: 'assigned',
  PriorityWithdrawn: 'decided',
  CommitmentProposed: 'added',
  CommitmentAmended: 'amended',
  CommitmentAgreed: 'decided',
  CommitmentAssigned: 'assigned',
  CommitmentUnassigned: 'assigned',
  CommitmentRescheduled: 'rescheduled',
  MilestoneSet: 'milestone',
  MilestoneReached: 'milestone',
  CommitmentAssessed: 'assessed',
  CommitmentSuspended: 'decided',
  CommitmentResumed: 'decided',
  CommitmentClosed: 'decided',
  CommitmentReopened: 'decided',
  CommitmentCarriedOver: 'decided',
  CommitmentWithdrawn: 'decided',
  ProgressReported: 'reported',
  ReportReturned: 'reported',
  ReportCorrected: 'reported',
  ReportAccepted: 'reported',
  EditionDispatched: 'edition',
  EditionDelivered: 'edition',
  EditionDeliveryFailed: 'edition',
  EditionAcknowledged: 'edition',
  PositionStated: 'edition',
};

/** Something to which events happened between two moments. */
export type Moved = {
  readonly kind: ThingKind;
  readonly id: string;
  /** Of another's report only the acceptance is known, not what was said on the way there. */
  readonly only?: EventType;
};

/** Histories read at once. */
const AT_ONCE = 32;

/** What happened to these things after one moment and up to the reading's, in the order of the log. */
export async function happeningsOf(reading: Reading, store: EventStore, moved: readonly Moved[], from: Moment): Promise<Happening[]> {
  const ground = { store, reportsOn: (subject: string) => reportsOn(reading, subject) };
  const happenings: Happening[] = [];
  for (let n = 0; n < moved.length; n += AT_ONCE) {
    const histories = await Promise.all(
      moved.slice(n, n + AT_ONCE).map(async ({ kind, id, only }) => {
        const items = await readHistory(ground, kind, id, reading.at.position, { after: from.position, type: only });
        // What its subject did to a report is told of the subject.
        return items.filter(({ thing, type }) => thing.kind === kind && Object.hasOwn(WHAT, type));
      }),
    );
    happenings.push(...histories.flat().map((item) => ({ ...item, what: WHAT[item.type as EventType] })));
  }
  return happenings.toSorted((a, b) => comparePositions(a.position, b.position));
}
