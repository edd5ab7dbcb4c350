import { priorityOf } from '#domain/identifiers.js';
import type { BodyKind } from '#domain/vocabulary.js';
import { body } from '#projections/bodies.js';
import type { Row } from '#projections/table.js';
import { assignment } from '#projections/work-tables.js';
import { text } from './language.js';
import { rowAt, rowsAt, type Reading } from './rows.js';
import { commitmentDocument, priorityDocument, workOf, type Work } from './work.js';

export async function listBodies(
  reading: Reading,
  filter: { kind?: BodyKind; retired?: boolean },
  page: { after?: string; limit: number },
) {
  const rows = await rowsAt(reading, body, {
    where: filter,
    limit: page.limit,
    ...(page.after !== undefined && { after: [page.after] }),
  });
  return rows.map(bodyDocument);
}

/** `undefined` where there was none at the moment. */
export async function readBody(reading: Reading, id: string) {
  const row = await rowAt(reading, body, { id });
  return row && bodyDocument(row);
}

/** What one body carries, in all agendas. */
export async function readWorkload(reading: Reading, id: string) {
  const [document, assignments] = await Promise.all([
    readBody(reading, id),
    rowsAt(reading, assignment, { where: { body: id } }),
  ]);
  if (!document) return undefined;
  const works = new Map<string, Work>();
  for (const { agenda } of assignments) {
    if (!works.has(agenda)) works.set(agenda, await workOf(reading, agenda));
  }
  const items = assignments
    .map(({ subject, agenda, role, since }) => ({ agenda, role, since, ...subjectDocument(works.get(agenda)!, subject) }))
    .toSorted((a, b) => (a.agenda === b.agenda ? inOrder(a.number, b.number) : a.agenda < b.agenda ? -1 : 1));
  return { ...document, items };
}

function subjectDocument(work: Work, subject: string) {
  const priority = work.priorities.find(({ id }) => id === priorityOf(subject))!;
  const commitment = work.commitments.find(({ id }) => id === subject);
  if (commitment) {
    const { number, text: title, lifecycle, due, milestones, progress } = commitmentDocument(work, commitment);
    const place = `${priority.number}.${number}`;
    return { subject, kind: 'commitment' as const, number: place, title, lifecycle, due, milestones, progress };
  }
  const { number, title, lifecycle, progress } = priorityDocument(work, priority);
  return { subject, kind: 'priority' as const, number: String(number), title, lifecycle, due: null, milestones: [], progress };
}

/** `2.10` after `2.9`. */
const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const bodyDocument = (row: Row<typeof body>) => ({
  id: row.id,
  name: text(row.names),
  names: row.names,
  kind: row.kind,
  retired: row.retired,
  retiredOn: row.retired_on,
  revision: row.revision,
});
