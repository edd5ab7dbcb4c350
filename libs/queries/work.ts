import { subjectKind } from '#domain/identifiers.js';
import { body } from '#projections/bodies.js';
import type { Row } from '#projections/table.js';
import { assignment, commitment, milestone, priority } from '#projections/work-tables.js';
import { reportingPeriod } from '#projections/agendas.js';
import { optionalText, text } from './language.js';
import { progressOf } from './progress.js';
import { rowsAt, type Reading } from './rows.js';
import { counts, placeOf, reportsOf, standingOf, visibleTo, type Report } from './standing-reports.js';

export type Priority = Row<typeof priority>;
export type Commitment = Row<typeof commitment>;

/** An agenda's priorities and commitments with all that is said of them, at the moment and for the viewer. */
export type Work = {
  readonly priorities: readonly Priority[];
  readonly commitments: readonly Commitment[];
  readonly periods: readonly Row<typeof reportingPeriod>[];
  /** Those that stand, of those that the viewer may know. */
  readonly reports: readonly Report[];
  /** The places in which a report was received, whoever may know what it says, with the time of the first. */
  readonly received: ReadonlyMap<string, string>;
  readonly assignments: ReadonlyMap<string, readonly Row<typeof assignment>[]>;
  readonly milestones: ReadonlyMap<string, readonly Row<typeof milestone>[]>;
  readonly bodies: ReadonlyMap<string, Row<typeof body>>;
};

export async function workOf(reading: Reading, agenda: string): Promise<Work> {
  const where = { agenda };
  const [priorities, commitments, periods, reports, assignments, milestones, bodies] = await Promise.all([
    rowsAt(reading, priority, { where }),
    rowsAt(reading, commitment, { where }),
    rowsAt(reading, reportingPeriod, { where }),
    reportsOf(reading, { agenda }),
    rowsAt(reading, assignment, { where }),
    rowsAt(reading, milestone, { where }),
    rowsAt(reading, body),
  ]);
  const texts = new Map([...priorities, ...commitments].map(({ id, text_version }) => [id, text_version]));
  return {
    priorities: priorities.toSorted(byNumber),
    commitments: commitments.toSorted(byNumber),
    periods: periods.toSorted((a, b) => a.ordinal - b.ordinal),
    reports: standingOf(reports.filter(visibleTo(reading.viewer, texts))),
    received: receivedIn(reports),
    assignments: Map.groupBy(assignments, ({ subject }) => subject),
    milestones: Map.groupBy(milestones, ({ commitment }) => commitment),
    bodies: new Map(bodies.map((row) => [row.id, row])),
  };
}

function receivedIn(reports: readonly Report[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const report of reports) {
    const place = placeOf(report);
    if (!first.has(place)) first.set(place, report.first_reported_at);
  }
  const received = new Set(reports.filter(counts).map(placeOf));
  return new Map([...first].filter(([place]) => received.has(place)));
}

const byNumber = (a: { number: number }, b: { number: number }): number => a.number - b.number;

const periodIds = (work: Work): string[] => work.periods.map(({ id }) => id);

/** Who carries a priority or commitment, leads first. */
function bodiesOf(work: Work, subject: string) {
  return (work.assignments.get(subject) ?? [])
    .toSorted((a, b) => (a.role === b.role ? (a.body < b.body ? -1 : 1) : a.role === 'lead' ? -1 : 1))
    .map(({ body, role }) => ({ id: body, name: optionalText(work.bodies.get(body)?.names ?? null), role }));
}

const instrumentsOf = ({ instruments }: Priority | Commitment) =>
  instruments.map(({ title, date }) => ({ title: text(title), date: date ?? null }));

export function commitmentDocument(work: Work, row: Commitment) {
  return {
    id: row.id,
    number: row.number,
    text: text(row.text),
    lifecycle: row.lifecycle,
    decision: row.decision,
    reason: row.reason,
    due: row.due,
    originalDue: row.original_due,
    instruments: instrumentsOf(row),
    source: row.source,
    bodies: bodiesOf(work, row.id),
    milestones: (work.milestones.get(row.id) ?? [])
      .toSorted((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1))
      .map(({ id, title, due, reached_on }) => ({ id, title: text(title), due, reachedOn: reached_on })),
    assessment: row.assessment,
    carriedOverFrom: row.carried_over_from,
    carriedOverTo: row.carried_over_to,
    progress: progressOf(work.reports.filter(({ subject }) => subject === row.id), periodIds(work)),
    revision: row.revision,
  };
}

/** A priority's progress is derived from its own reports and from those on its commitments that still stand. */
export function priorityDocument(work: Work, row: Priority) {
  const commitments = work.commitments.filter(({ priority }) => priority === row.id);
  const subjects = new Set([row.id, ...commitments.filter(({ lifecycle }) => lifecycle !== 'withdrawn').map(({ id }) => id)]);
  return {
    id: row.id,
    number: row.number,
    title: text(row.title),
    summary: optionalText(row.summary),
    lifecycle: row.lifecycle,
    decision: row.decision,
    reason: row.reason,
    instruments: instrumentsOf(row),
    source: row.source,
    bodies: bodiesOf(work, row.id),
    progress: progressOf(work.reports.filter(({ subject }) => subjects.has(subject)), periodIds(work)),
    commitments: commitments.map((commitment) => commitmentDocument(work, commitment)),
    revision: row.revision,
  };
}

/** What may be reported on, in the order of the agenda: each priority, then its commitments. */
export function subjectsOf(work: Work) {
  return work.priorities.flatMap((priority) => {
    const under = work.commitments.filter((commitment) => commitment.priority === priority.id);
    return [
      { id: priority.id, number: String(priority.number), title: text(priority.title), owed: under.length === 0 && isOwed(priority) },
      ...under.map((commitment) => ({
        id: commitment.id,
        number: `${priority.number}.${commitment.number}`,
        title: text(commitment.text),
        owed: isOwed(priority) && isOwed(commitment),
      })),
    ].map((subject) => ({ ...subject, kind: subjectKind(subject.id) }));
  });
}

/** Reports are owed on what is proposed or agreed: not on what is suspended, closed or withdrawn. */
const isOwed = ({ lifecycle }: Priority | Commitment): boolean => lifecycle === 'proposed' || lifecycle === 'agreed';
