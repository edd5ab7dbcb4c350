import { PARTICIPATION_LABELS, PRIORITY_LIFECYCLE_LABELS } from '#domain/labels/words.js';
import type { Language } from '#domain/vocabulary.js';
import type { Block, Document, Section } from '../document.js';
import { agendaAt, type Agenda, type Priority } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { bodiesCell, commitmentsTable, deliveryText, instrumentsText, milestonesCharts } from './parts.js';
import { joined, plain, runs, said } from './said.js';
import { SAY } from './words.js';

/** The agenda as it is sent: priorities in order with their commitments, bodies, instruments, dates and state of progress. */
export async function agendaDocument({ reading, agenda: id, language, edition }: Asked): Promise<Document | undefined> {
  const agenda = await agendaAt(reading, id);
  if (!agenda) return undefined;
  const charts = milestonesCharts(agenda, language);
  const sections: Section[] = [
    ...agenda.priorities.map((priority) => prioritySection(priority, language)),
    ...(charts.length > 0 ? [{ id: 'milestones', level: 1, heading: runs(SAY.milestones[language]), blocks: charts } as const] : []),
    { id: 'states', level: 1, heading: runs(SAY.states[language]), blocks: [statesList(agenda, language)] },
  ];
  const empty: Section = { id: 'empty', level: 1, heading: runs(SAY.agenda[language]), blocks: [{ block: 'paragraph', runs: runs(SAY.noPriorities[language]) }] };
  return framed({ kind: 'agenda', language, agenda, at: reading.at, ...(edition && { edition }), sections: agenda.priorities.length === 0 ? [empty, ...sections] : sections });
}

function prioritySection(priority: Priority, language: Language): Section {
  const { number, title, summary, lifecycle, progress, instruments, bodies, commitments } = priority;
  const line = (word: keyof typeof SAY, value: readonly { readonly text: string }[]): Block => ({
    block: 'paragraph',
    runs: [{ text: `${SAY[word][language]}: `, style: 'strong' }, ...value],
  });
  const percent = progress.percent === null ? '' : `, ${progress.percent}\u00a0%`;
  return {
    id: `priority-${number}`,
    level: 1,
    heading: [{ text: `${number}. ` }, ...said(title, language)],
    blocks: [
      ...(summary === null ? [] : [{ block: 'paragraph', runs: said(summary, language) } as const]),
      line('lifecycle', runs(PRIORITY_LIFECYCLE_LABELS[lifecycle][language])),
      ...(bodies.length > 0 ? [line('bodies', bodiesCell(priority, language))] : []),
      ...(instruments.length > 0 ? [line('instruments', instrumentsText(priority, language))] : []),
      line('delivery', runs(`${deliveryText(progress.delivery, language)}${percent}`)),
      commitments.length === 0 ? { block: 'paragraph', as: 'remark', runs: runs(SAY.noCommitments[language]) } : commitmentsTable(priority, language),
      ...commitments
        .filter((commitment) => commitment.instruments.length > 0)
        .map((commitment) => ({ block: 'paragraph', runs: joined([[{ text: `${number}.${commitment.number}`, style: 'strong' as const }], instrumentsText(commitment, language)], ' — ') }) as const),
    ],
  };
}

const statesList = ({ memberStates }: Agenda, language: Language): Block => ({
  block: 'list',
  items: memberStates.map(({ name, participation }) => [
    { text: plain(name, language) },
    ...(participation === 'participating' ? [] : [{ text: ` — ${PARTICIPATION_LABELS[participation][language]}`, style: 'quiet' as const }]),
  ]),
});
