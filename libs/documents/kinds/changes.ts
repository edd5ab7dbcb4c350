import { readChanges } from '#queries/changes.js';
import { fieldText, inWords, valueText } from '#queries/history-words.js';
import type { Language } from '#domain/vocabulary.js';
import { THING_KINDS, type ThingKind } from '#domain/things.js';
import type { Cell, Document } from '../document.js';
import { agendaAt } from './agenda-at.js';
import { framed, writtenMoment } from './frame.js';
import type { Asked } from './kind.js';
import { runs } from './said.js';
import { SAY } from './words.js';

/** What happened between two moments, and what is different after it. */
export async function changesDocument({ reading, store, agenda: id, language, edition, from }: Asked): Promise<Document | undefined> {
  const [agenda, changes] = await Promise.all([agendaAt(reading, id), readChanges(reading, store, id, from!, reading.at)]);
  if (!agenda || !changes) return undefined;
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  return framed({
    kind: 'changes',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    facts: [{ label: heading('from'), value: `${writtenMoment(from!.time, language)} (${from!.position})` }],
    sections: [
      {
        id: 'happened',
        level: 1,
        heading: runs(heading('happened')),
        blocks: [
          {
            block: 'table',
            id: 'happened',
            caption: heading('happened'),
            columns: [
              { heading: heading('when'), share: 2, of: 'date' },
              { heading: heading('thing'), share: 2.4, of: 'text' },
              { heading: heading('what'), share: 7, of: 'text' },
              { heading: heading('who'), share: 3, of: 'text' },
            ],
            rows: changes.happened.map((item): Cell[] => {
              const { occurredOn, thing, summary, by } = inWords(item, language);
              return [occurredOn, runs(thing.id), runs(summary), runs(by)];
            }),
          },
        ],
      },
      {
        id: 'differences',
        level: 1,
        heading: runs(heading('differences')),
        blocks: [
          {
            block: 'table',
            id: 'differences',
            caption: heading('differences'),
            columns: [
              { heading: heading('thing'), share: 2.4, of: 'text' },
              { heading: heading('details'), share: 2.6, of: 'text' },
              { heading: heading('before'), share: 4.5, of: 'text' },
              { heading: heading('after'), share: 4.5, of: 'text' },
            ],
            rows: changes.items.flatMap(({ thing, id: which, changes: each }) =>
              each.map(({ field, from: before, to: after }): Cell[] => [
                runs(which),
                runs(fieldText(field, language)),
                runs(shown(thing, field, before, language)),
                runs(shown(thing, field, after, language)),
              ]),
            ),
          },
        ],
      },
    ],
  });
}

function shown(thing: string, field: string, value: unknown, language: Language): string {
  if (value === null) return '';
  const kind = THING_KINDS.find((one) => one === thing) ?? ('agenda' satisfies ThingKind);
  return valueText(kind, field, value, language) ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
