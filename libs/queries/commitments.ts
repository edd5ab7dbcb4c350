import { agendaOf, numberOf } from '#domain/identifiers.js';
import type { CommitmentLifecycle, Delivery } from '#domain/vocabulary.js';
import { commitment, priority } from '#projections/work-tables.js';
import { rowAt, rowsAt, type Reading } from './rows.js';
import { commitmentDocument, priorityDocument, workOf, type Commitment, type Work } from './work.js';

export type CommitmentFilter = {
  readonly agenda?: string;
  readonly priority?: string;
  readonly body?: string;
  readonly lifecycle?: CommitmentLifecycle;
  readonly delivery?: Delivery;
  readonly due?: string;
  readonly dueFrom?: string;
  readonly dueTo?: string;
};

/** How many rows are looked at together where a filter is about what is derived from reports. */
const CHUNK = 200;

/** Commitments in the order of agenda, priority and number. */
export async function listCommitments(reading: Reading, filter: CommitmentFilter, page: { after?: readonly (string | number)[]; limit: number }) {
  const works = new Map<string, Promise<Work>>();
  const workFor = (agenda: string) => works.get(agenda) ?? works.set(agenda, workOf(reading, agenda)).get(agenda)!;
  const found: (ReturnType<typeof commitmentDocument> & { agenda: string; priority: string })[] = [];
  for (let after = page.after; ; ) {
    const rows = await commitmentRows(reading, filter, { after, limit: Math.max(CHUNK, page.limit) });
    for (const row of rows) {
      const document = { ...commitmentDocument(await workFor(row.agenda), row), agenda: row.agenda, priority: row.priority };
      if (filter.delivery === undefined || document.progress.delivery === filter.delivery) found.push(document);
      if (found.length === page.limit) return found;
    }
    if (rows.length < Math.max(CHUNK, page.limit)) return found;
    after = orderOf(rows.at(-1)!);
  }
}

const ORDER = ['agenda', 'priority_number', 'number'] as const;
/** Where a commitment stands in lists. */
export const orderOf = ({ agenda, priority, number }: Pick<Commitment, 'agenda' | 'priority' | 'number'>): (string | number)[] => [
  agenda,
  numberOf(priority),
  number,
];

function commitmentRows(reading: Reading, filter: CommitmentFilter, page: { after?: readonly (string | number)[]; limit: number }) {
  const { agenda, priority, body, lifecycle, due, dueFrom, dueTo } = filter;
  const conditions: string[] = [];
  const values: unknown[] = [];
  const also = (sql: (bound: string) => string, value: unknown) => conditions.push(sql(`$${values.push(value)}`));
  if (dueFrom !== undefined) also((bound) => `due >= ${bound}`, dueFrom);
  if (dueTo !== undefined) also((bound) => `due <= ${bound}`, dueTo);
  if (body !== undefined) {
    const position = `$${values.push(reading.at.position)}`;
    also(
      (bound) => `exists (select from read.assignment_at(${position}) a where a.subject = commitment_at.id and a.body = ${bound})`,
      body,
    );
  }
  return rowsAt(reading, commitment, {
    where: { agenda, priority, lifecycle, due },
    ...(conditions.length > 0 && { also: { sql: conditions.join(' and '), values } }),
    order: ORDER,
    ...page,
  });
}

/** `undefined` where there was none at the moment. */
export async function readCommitment(reading: Reading, id: string) {
  const row = await rowAt(reading, commitment, { id });
  if (!row) return undefined;
  return { ...commitmentDocument(await workOf(reading, row.agenda), row), agenda: row.agenda, priority: row.priority };
}

/** `undefined` where there was none at the moment. */
export async function readPriority(reading: Reading, id: string) {
  const row = await rowAt(reading, priority, { id });
  if (!row) return undefined;
  return { ...priorityDocument(await workOf(reading, agendaOf(id)), row), agenda: row.agenda };
}
