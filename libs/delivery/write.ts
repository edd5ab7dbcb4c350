import { contentOf } from '#editions/content-of.js';
import { findEdition } from '#queries/editions.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { agendaHeading } from './agenda-heading.js';
import { editionLetter, type AttachedDocuments } from './letters/edition-letter.js';
import type { Letter } from './letters/letter.js';
import { reminderLetter } from './letters/reminder-letter.js';
import { lapsedLetter, returnedLetter } from './letters/review-letters.js';
import type { Message } from './messages.js';

/** Writes a message out: the same whenever it is written. */
export async function write(side: ReadSide, message: Message, documents: AttachedDocuments): Promise<Letter> {
  const { agenda: agendaId, madeAt } = message;
  const at = await momentOf(side, {});
  const reading = { db: side.db, at, viewer: { seesAll: false } };
  if (message.kind === 'edition') {
    const { edition: id } = message.payload;
    const edition = await findEdition(reading, id);
    if (!edition) throw new Error(`the read side has no edition ${id}`);
    const then = await momentOf(side, { asOf: { position: edition.log_position } });
    return editionLetter(edition, await agendaHeading({ ...reading, at: then }, agendaId), await contentOf(side, edition), documents);
  }
  const agenda = await agendaHeading(reading, agendaId);
  switch (message.kind) {
    case 'reminder':
      return reminderLetter(agendaId, message.payload, agenda, madeAt);
    case 'returned':
      return returnedLetter(agendaId, message.payload, agenda, madeAt);
    case 'lapsed':
      return lapsedLetter(agendaId, message.payload, agenda, madeAt);
  }
}
