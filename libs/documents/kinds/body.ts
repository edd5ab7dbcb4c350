import { ASSIGNMENT_ROLE_LABELS, BODY_KIND_LABELS, COMMITMENT_LIFECYCLE_LABELS } from '#domain/labels/words.js';
import { readWorkload } from '#queries/bodies.js';
import { inAllLanguages } from '#queries/language.js';
import type { Cell, Document } from '../document.js';
import { agendaAt } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { deliveryText } from './parts.js';
import { plain, runs, said } from './said.js';
import { SAY } from './words.js';

/** What one body carries under the agenda, with its milestones. */
export async function bodyDocument({ reading, agenda: id, language, edition, body }: Asked): Promise<Document | undefined> {
  const [agenda, read] = await Promise.all([agendaAt(reading, id), readWorkload(reading, body!)]);
  if (!agenda || !read) return undefined;
  const workload = inAllLanguages(read);
  const items = workload.items.filter((item) => item.agenda === id);
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  return framed({
    kind: 'body',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    about: `${plain(workload.name, language)} (${BODY_KIND_LABELS[workload.kind][language]})`,
    sections: [
      {
        id: 'work',
        level: 1,
        heading: runs(heading('commitments')),
        blocks: [
          {
            block: 'table',
            id: 'work',
            caption: heading('commitments'),
            columns: [
              { heading: heading('number'), share: 1, of: 'text' },
              { heading: heading('commitment'), share: 6, of: 'text' },
              { heading: heading('role'), share: 2.2, of: 'text' },
              { heading: heading('lifecycle'), share: 2, of: 'text' },
              { heading: heading('due'), share: 1.8, of: 'date' },
              { heading: heading('delivery'), share: 2.2, of: 'text' },
              { heading: heading('percent'), share: 1.5, of: 'percent' },
            ],
            rows: items.map(({ number, title, role, lifecycle, due, progress }): Cell[] => [
              runs(number),
              said(title, language),
              runs(ASSIGNMENT_ROLE_LABELS[role][language]),
              runs(COMMITMENT_LIFECYCLE_LABELS[lifecycle][language]),
              due,
              runs(deliveryText(progress.delivery, language)),
              progress.percent,
            ]),
          },
        ],
      },
      {
        id: 'milestones',
        level: 1,
        heading: runs(heading('milestones')),
        blocks: [
          {
            block: 'table',
            id: 'milestones',
            caption: heading('milestones'),
            columns: [
              { heading: heading('number'), share: 1, of: 'text' },
              { heading: heading('milestone'), share: 6, of: 'text' },
              { heading: heading('due'), share: 2, of: 'date' },
              { heading: heading('reached'), share: 2, of: 'date' },
            ],
            rows: items.flatMap(({ number, milestones }) => milestones.map(({ title, due, reachedOn }): Cell[] => [runs(number), said(title, language), due, reachedOn])),
          },
        ],
      },
    ],
  });
}
