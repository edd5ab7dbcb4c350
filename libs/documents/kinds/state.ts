import { DELIVERY_LABELS, PARTICIPATION_LABELS, REPORT_STATUS_LABELS } from '#domain/labels/words.js';
import { inAllLanguages } from '#queries/language.js';
import { readObligations } from '#queries/obligations.js';
import type { Cell, Document, Section } from '../document.js';
import { writtenDate } from '../words.js';
import { agendaAt } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { plain, runs, said } from './said.js';
import { SAY, TIMELINESS_LABELS } from './words.js';

/** What one state owes, has reported and is late with, period by period. */
export async function stateDocument({ reading, agenda: id, language, edition, state }: Asked): Promise<Document | undefined> {
  const [agenda, read] = await Promise.all([agendaAt(reading, id), readObligations(reading, state!, id)]);
  const member = agenda?.memberStates.find((one) => one.state === state);
  if (!agenda || !read || !member) return undefined;
  const { items } = inAllLanguages(read);
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  const sections = agenda.reportingPeriods.map((period): Section => ({
    id: `period-${period.id}`,
    level: 1,
    heading: runs(`${heading('period')} ${period.id}`),
    blocks: [
      { block: 'paragraph', runs: runs(`${writtenDate(period.from, language)} – ${writtenDate(period.to, language)}; ${heading('due').toLowerCase()}: ${writtenDate(period.due, language)}`) },
      {
        block: 'table',
        id: `period-${period.id}`.slice(0, 31),
        caption: `${heading('commitments')}, ${period.id}`,
        columns: [
          { heading: heading('number'), share: 1, of: 'text' },
          { heading: heading('commitment'), share: 6, of: 'text' },
          { heading: heading('timeliness'), share: 2.8, of: 'text' },
          { heading: heading('delivery'), share: 2.2, of: 'text' },
          { heading: heading('percent'), share: 2.1, of: 'percent' },
          { heading: heading('report'), share: 2.7, of: 'text' },
        ],
        rows: items
          .filter((item) => item.period === period.id)
          .map(({ number, title, timeliness, report }): Cell[] => [
            runs(number),
            said(title, language),
            runs(`${TIMELINESS_LABELS[timeliness][language]}${report?.late ? ` (${heading('late')})` : ''}`),
            report === null ? null : runs(DELIVERY_LABELS[report.delivery][language]),
            report?.percent ?? null,
            report === null ? null : runs(REPORT_STATUS_LABELS[report.status][language]),
          ]),
      },
    ],
  }));
  const none: Section = { id: 'none', level: 1, heading: runs(heading('commitments')), blocks: [{ block: 'paragraph', runs: runs(heading('noReports')) }] };
  return framed({
    kind: 'state',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    about: `${plain(member.name, language)} (${PARTICIPATION_LABELS[member.participation][language]})`,
    sections: sections.length === 0 ? [none] : sections,
  });
}
