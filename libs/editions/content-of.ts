import type { Edition } from '#queries/editions.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { editionRecipient } from '#projections/editions.js';
import { rowsAt } from '#queries/rows.js';
import { contentAt } from './content.js';
import { keepContent, keptContent } from './kept-content.js';

/** What was sent under a digest is neither kept here nor does the log give it again: another release wrote it. */
export class ContentLost extends Error {
  override readonly name = 'ContentLost';
}

/**
 * The very bytes that were sent. Where only the log came here, as after an import, they are made from it again, which
 * their digest proves, and kept.
 * @throws {ContentLost}
 */
export async function contentOf(side: ReadSide, row: Edition): Promise<Uint8Array> {
  const kept = await keptContent(side.db, row.digest);
  if (kept) return kept;
  const at = await momentOf(side, { asOf: { position: row.log_position } });
  const now = await momentOf(side, {});
  const recipients = await rowsAt({ db: side.db, at: now, viewer: { seesAll: true } }, editionRecipient, { where: { edition: row.id } });
  const made = await contentAt(
    { db: side.db, at },
    {
      editionId: row.id,
      agendaId: row.agenda,
      number: row.number,
      purpose: row.purpose,
      recipients: recipients.toSorted((a, b) => a.ordinal - b.ordinal).map(({ state }) => state),
      ...(row.silence_deadline !== null && { silenceDeadline: row.silence_deadline }),
    },
  );
  if (made?.digest !== row.digest) throw new ContentLost(`the content of ${row.id} is not kept here, and the log gives ${made?.digest} for ${row.digest}`);
  await keepContent(side.db, made);
  return made.bytes;
}
