import type { Actor } from '#domain/values.js';
import { report } from '#projections/reports.js';
import { reportDocument } from './reports.js';
import { rowsAt, type Reading } from './rows.js';

type Page = { readonly after?: readonly [reportedAt: string, id: string]; readonly limit: number };

/** Reports that wait to be accepted or returned, those first that have waited longest. */
export async function readReviewQueue(reading: Reading, agenda: string, reviewer: Actor, { after, limit }: Page) {
  const rows = await rowsAt(reading, report, { where: { agenda, status: 'submitted' }, order: ['reported_at', 'id'], limit, ...(after && { after }) });
  const waiting = await Promise.all(rows.map((row) => reportDocument(reading, row)));
  return waiting.map((document) => ({ ...document, mayReview: reviewer.role === 'secretariat' && document.submittedBy !== reviewer.subject }));
}
