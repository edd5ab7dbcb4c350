import { COMMITMENT_LIFECYCLE_LABELS, DELIVERY_LABELS } from '#domain/labels/words.js';
import { DELIVERIES, type Delivery, type Language } from '#domain/vocabulary.js';
import type { Cell, Chart, Run, Table } from '../document.js';
import type { Agenda, Commitment, Priority } from './agenda-at.js';
import { joined, plain, runs, said } from './said.js';
import { SAY } from './words.js';

/** Who carries a thing, leads first and named as such. */
export const bodiesCell = ({ bodies }: Priority | Commitment, language: Language): readonly Run[] =>
  joined(
    bodies.map(({ id, name, role }) => {
      const named = name === null ? runs(id) : said(name, language);
      return role === 'lead' ? [...named, { text: ` (${SAY.lead[language]})`, style: 'quiet' as const }] : named;
    }),
    '; ',
  );

export const instrumentsText = ({ instruments }: Priority | Commitment, language: Language): readonly Run[] =>
  joined(instruments.map(({ title, date }) => [...said(title, language), ...(date === null ? [] : runs(`, ${date}`))]), '; ');

export const deliveryText = (delivery: Delivery | null, language: Language): string => (delivery === null ? SAY.notReported[language] : DELIVERY_LABELS[delivery][language]);

/** The commitments of one priority, in order. */
export function commitmentsTable(priority: Priority, language: Language): Table {
  const heading = (word: keyof typeof SAY) => SAY[word][language];
  return {
    block: 'table',
    id: `commitments-${priority.number}`,
    caption: `${heading('commitments')} ${priority.number}`,
    columns: [
      { heading: heading('number'), share: 1, of: 'text' },
      { heading: heading('commitment'), share: 5.4, of: 'text' },
      { heading: heading('lifecycle'), share: 2.6, of: 'text' },
      { heading: heading('bodies'), share: 3.2, of: 'text' },
      { heading: heading('due'), share: 1.9, of: 'date' },
      { heading: heading('delivery'), share: 2.3, of: 'text' },
      { heading: heading('percent'), share: 2.2, of: 'percent' },
    ],
    rows: priority.commitments.map((commitment): Cell[] => [
      runs(`${priority.number}.${commitment.number}`),
      said(commitment.text, language),
      runs(COMMITMENT_LIFECYCLE_LABELS[commitment.lifecycle][language]),
      bodiesCell(commitment, language),
      commitment.due,
      runs(deliveryText(commitment.progress.delivery, language)),
      commitment.progress.percent,
    ]),
  };
}

/** Bars, and lines of milestones, that stand on one page with ease. */
const MOST_IN_A_CHART = 24;

const inCharts = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / MOST_IN_A_CHART) }, (_, n) => all.slice(n * MOST_IN_A_CHART, (n + 1) * MOST_IN_A_CHART));

/** How many reporters say what, for each category; in several charts where there are many. */
export const deliveryCharts = (id: string, title: string, categories: Parameters<typeof deliveryChart>[2], language: Language): Chart[] =>
  inCharts(categories).map((some, n) => deliveryChart(n === 0 ? id : `${id}-${n + 1}`, title, some, language));

function deliveryChart(id: string, title: string, categories: readonly { readonly name: string; readonly byDelivery: Readonly<Record<Delivery, number>> }[], language: Language): Chart {
  const series = DELIVERIES.map((delivery) => ({ name: DELIVERY_LABELS[delivery][language], values: categories.map(({ byDelivery }) => byDelivery[delivery]) }));
  return {
    block: 'chart',
    id,
    title,
    alternative: categories
      .map(({ name, byDelivery }) => {
        const parts = DELIVERIES.filter((delivery) => byDelivery[delivery] > 0).map((delivery) => `${DELIVERY_LABELS[delivery][language]} ${byDelivery[delivery]}`);
        return `${name.replace(/^(\d+)\. .*$/s, '$1')}: ${parts.join(', ') || SAY.notReported[language]}`;
      })
      .join('. '),
    drawing: { as: 'stacked-bars', categories: categories.map(({ name }) => name), series },
  };
}

/** The milestones of an agenda on its term, in as many charts as they take. */
export function milestonesCharts(agenda: Agenda, language: Language): Chart[] {
  const rows = agenda.priorities.flatMap((priority) =>
    priority.commitments
      .filter(({ milestones }) => milestones.length > 0)
      .map((commitment) => ({
        name: `${priority.number}.${commitment.number}`,
        points: commitment.milestones.map(({ title, due, reachedOn }) => ({ date: due, name: plain(title, language), reached: reachedOn !== null })),
      })),
  );
  const days = rows.flatMap(({ points }) => points.map(({ date }) => date));
  return inCharts(rows).map((some, n) => ({
    block: 'chart',
    id: n === 0 ? 'milestones-chart' : `milestones-chart-${n + 1}`,
    title: SAY.milestones[language],
    alternative: some.map(({ name, points }) => `${name}: ${points.map((point) => `${point.name} (${point.date})`).join('; ')}`).join('. '),
    drawing: { as: 'timeline', from: [agenda.term.from, ...days].toSorted()[0]!, to: [agenda.term.to, ...days].toSorted().at(-1)!, rows: some },
  }));
}
