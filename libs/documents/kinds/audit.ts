import { readHistory } from '#queries/history.js';
import { inWords } from '#queries/history-words.js';
import { reportsOn } from '#queries/reports-on.js';
import type { Cell, Document } from '../document.js';
import { agendaAt } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { runs } from './said.js';
import { SAY } from './words.js';

/** One thing's full history: who did what, when, under which decision, and what it changed from what to what. */
export async function auditDocument({ reading, store, agenda: id, language, edition, thing }: Asked): Promise<Document | undefined> {
  const agenda = await agendaAt(reading, id);
  if (!agenda) return undefined;
  const items = await readHistory({ store, reportsOn: (subject) => reportsOn(reading, subject) }, thing!.kind, thing!.id, reading.at.position);
  if (items.length === 0) return undefined;
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  return framed({
    kind: 'audit',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    about: thing!.id,
    sections: [
      {
        id: 'history',
        level: 1,
        heading: runs(heading('happened')),
        blocks: [
          {
            block: 'table',
            id: 'history',
            caption: heading('happened'),
            columns: [
              { heading: heading('position_'), share: 1.4, of: 'text' },
              { heading: heading('when'), share: 1.9, of: 'date' },
              { heading: heading('who'), share: 2.6, of: 'text' },
              { heading: heading('what'), share: 4, of: 'text' },
              { heading: heading('details'), share: 6, of: 'text' },
            ],
            rows: items.map((item): Cell[] => {
              const { position, occurredOn, by, actor, summary, changes } = inWords(item, language);
              const details = changes.map(({ label, from, fromText, to, toText }) => `${label}: ${value(fromText, from)} → ${value(toText, to)}`).join('\n');
              return [runs(position), occurredOn, runs(`${by} (${actor.subject})`), runs(summary), runs(details)];
            }),
          },
        ],
      },
    ],
  });
}

const value = (text: string | undefined, raw: unknown): string => text ?? (raw === null ? '—' : typeof raw === 'string' ? raw : JSON.stringify(raw));
