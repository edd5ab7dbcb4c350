import { COMMITMENT_LIFECYCLE_LABELS, GRADE_LABELS } from '#domain/labels/words.js';
import { decisionText } from '#queries/history-words.js';
import type { Cell, Document, Section } from '../document.js';
import { COMMITMENT_LIFECYCLES, type Language } from '#domain/vocabulary.js';
import { agendaAt, type Agenda } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { deliveryText } from './parts.js';
import { runs, said } from './said.js';
import { SAY } from './words.js';

/** What the commitments came to, what goes on elsewhere, and the Secretariat's assessments beside what was reported. */
export async function finalDocument({ reading, agenda: id, language, edition }: Asked): Promise<Document | undefined> {
  const agenda = await agendaAt(reading, id);
  if (!agenda) return undefined;
  const { closure } = agenda;
  return framed({
    kind: 'final',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    facts: closure?.decision ? [{ label: SAY.decision[language], value: decisionText(closure.decision, language) }] : [],
    sections: [summary(agenda, language), ...agenda.priorities.map((priority) => outcomes(priority, language))],
  });
}

function summary(agenda: Agenda, language: Language): Section {
  const all = agenda.priorities.flatMap(({ commitments }) => commitments);
  const counted = COMMITMENT_LIFECYCLES.map((lifecycle) => ({ lifecycle, count: all.filter((one) => one.lifecycle === lifecycle).length })).filter(({ count }) => count > 0);
  const categories = agenda.priorities.map(({ number }) => String(number));
  const series = counted.map(({ lifecycle }) => ({
    name: COMMITMENT_LIFECYCLE_LABELS[lifecycle][language],
    values: agenda.priorities.map(({ commitments }) => commitments.filter((one) => one.lifecycle === lifecycle).length),
  }));
  return {
    id: 'summary',
    level: 1,
    heading: runs(SAY.outcomes[language]),
    blocks: [
      { block: 'list', items: counted.map(({ lifecycle, count }) => [{ text: `${COMMITMENT_LIFECYCLE_LABELS[lifecycle][language]}: ` }, { text: String(count), style: 'strong' }]) },
      ...(series.length === 0
        ? []
        : [
            {
              block: 'chart',
              id: 'outcomes',
              title: SAY.outcomes[language],
              alternative: counted.map(({ lifecycle, count }) => `${COMMITMENT_LIFECYCLE_LABELS[lifecycle][language]} ${count}`).join(', '),
              drawing: { as: 'stacked-bars', categories, series },
            } as const,
          ]),
    ],
  };
}

function outcomes({ number, title, commitments }: Agenda['priorities'][number], language: Language): Section {
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  return {
    id: `priority-${number}`,
    level: 1,
    heading: [{ text: `${number}. ` }, ...said(title, language)],
    blocks:
      commitments.length === 0
        ? [{ block: 'paragraph', as: 'remark', runs: runs(heading('noCommitments')) }]
        : [
            {
              block: 'table',
              id: `outcomes-${number}`,
              caption: `${heading('outcomes')} ${number}`,
              columns: [
                { heading: heading('number'), share: 1, of: 'text' },
                { heading: heading('commitment'), share: 4.4, of: 'text' },
                { heading: heading('lifecycle'), share: 2.2, of: 'text' },
                { heading: heading('decision'), share: 2.8, of: 'text' },
                { heading: heading('carriedTo'), share: 2, of: 'text' },
                { heading: heading('assessment'), share: 4.2, of: 'text' },
                { heading: heading('selfReport'), share: 2.2, of: 'text' },
              ],
              rows: commitments.map((one): Cell[] => [
                runs(`${number}.${one.number}`),
                said(one.text, language),
                runs(COMMITMENT_LIFECYCLE_LABELS[one.lifecycle][language]),
                one.decision === null ? null : runs(decisionText(one.decision, language)),
                one.carriedOverTo === null ? null : runs(one.carriedOverTo),
                one.assessment === null ? null : [{ text: GRADE_LABELS[one.assessment.grade][language] }, { text: ` — ${one.assessment.rationale}`, style: 'quiet' }],
                runs(deliveryText(one.progress.delivery, language)),
              ]),
            },
          ],
  };
}
