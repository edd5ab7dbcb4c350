import { DELIVERY_LABELS } from '#domain/labels/words.js';
import { DELIVERIES, type Delivery, type Language } from '#domain/vocabulary.js';
import { inAllLanguages } from '#queries/language.js';
import { readMatrix } from '#queries/matrix.js';
import { latestAcceptedReports } from '#queries/latest-reports.js';
import { reporterText } from '#queries/history-words.js';
import type { Cell, Document, Table } from '../document.js';
import { agendaAt, type Agenda } from './agenda-at.js';
import { framed } from './frame.js';
import type { Asked } from './kind.js';
import { deliveryCharts, milestonesCharts } from './parts.js';
import { plain, runs, said } from './said.js';
import { SAY, TIMELINESS_LABELS } from './words.js';

/** Reports told of in full: the latest. */
const MOST_REPORTS = 100;

type Matrix = ReturnType<typeof inAllLanguages<NonNullable<Awaited<ReturnType<typeof readMatrix>>>>>;

/** The matrix commitment × member state, with charts and the latest reports. */
export async function progressDocument({ reading, agenda: id, language, edition }: Asked): Promise<Document | undefined> {
  const [agenda, read] = await Promise.all([agendaAt(reading, id), readMatrix(reading, id)]);
  if (!agenda || !read) return undefined;
  const matrix = inAllLanguages(read);
  return framed({
    kind: 'progress',
    language,
    agenda,
    at: reading.at,
    ...(edition && { edition }),
    facts: matrix.period === null ? [] : [{ label: SAY.period[language], value: matrix.period }],
    sections: [
      {
        id: 'overview',
        level: 1,
        heading: runs(SAY.charts[language]),
        blocks: [...priorityCharts(agenda, language), ...stateCharts(matrix, language), ...milestonesCharts(agenda, language)],
      },
      { id: 'matrix', level: 1, heading: runs(SAY.matrix[language]), blocks: [matrixTable(matrix, language)] },
      { id: 'reports', level: 1, heading: runs(SAY.lastReports[language]), blocks: [await reportsTable(reading, agenda, language)] },
    ],
  });
}

const priorityCharts = (agenda: Agenda, language: Language) =>
  deliveryCharts(
    'delivery-by-priority',
    SAY.byPriority[language],
    agenda.priorities.filter(({ lifecycle }) => lifecycle !== 'withdrawn').map(({ number, title, progress }) => ({ name: `${number}. ${plain(title, language)}`, byDelivery: progress.byDelivery })),
    language,
  );

function stateCharts(matrix: Matrix, language: Language) {
  const said = matrix.states.map(({ state, name }) => {
    const byDelivery = Object.fromEntries(DELIVERIES.map((delivery) => [delivery, 0])) as Record<Delivery, number>;
    for (const { cells } of matrix.rows) for (const cell of cells) if (cell.state === state && cell.delivery !== null) byDelivery[cell.delivery] += 1;
    return { name: plain(name, language), byDelivery };
  });
  return deliveryCharts('delivery-by-state', SAY.byState[language], said, language);
}

function matrixTable({ states, rows }: Matrix, language: Language): Table {
  const cellText = ({ delivery, percent, timeliness, late }: Matrix['rows'][number]['cells'][number]): string =>
    [
      delivery === null ? undefined : DELIVERY_LABELS[delivery][language],
      delivery === null || percent === null ? undefined : `${percent}\u00a0%`,
      timeliness === null || timeliness === 'received' ? undefined : TIMELINESS_LABELS[timeliness][language],
      late ? SAY.late[language] : undefined,
    ]
      .filter(Boolean)
      .join('\n') || SAY.none[language];
  return {
    block: 'table',
    id: 'matrix',
    caption: SAY.matrix[language],
    columns: [
      { heading: SAY.number[language], share: 1, of: 'text' },
      { heading: SAY.commitment[language], share: 3.4, of: 'text' },
      ...states.map(({ state }) => ({ heading: state, share: 2.6, of: 'text' }) as const),
    ],
    rows: rows.map(({ number, title, cells }): Cell[] => [runs(number), said(title, language), ...cells.map((cell) => runs(cellText(cell)))]),
  };
}

async function reportsTable(reading: Asked['reading'], agenda: Agenda, language: Language): Promise<Table> {
  const latest = await latestAcceptedReports(reading, agenda.id, MOST_REPORTS);
  return {
    block: 'table',
    id: 'reports',
    caption: SAY.lastReports[language],
    columns: [
      { heading: SAY.reportedOn[language], share: 1.7, of: 'date' },
      { heading: SAY.reporter[language], share: 2.4, of: 'text' },
      { heading: SAY.subject[language], share: 1.6, of: 'text' },
      { heading: SAY.period[language], share: 1.6, of: 'text' },
      { heading: SAY.delivery[language], share: 1.8, of: 'text' },
      { heading: SAY.percent[language], share: 1.4, of: 'percent' },
      { heading: SAY.report[language], share: 6, of: 'text' },
    ],
    rows: latest.map((report): Cell[] => [
      report.reportedOn,
      runs(reporterText(report.reporter, language)),
      runs(report.subject.slice(agenda.id.length + 1)),
      runs(report.period),
      runs(DELIVERY_LABELS[report.delivery][language]),
      report.percent,
      [{ text: report.narrative, ...(report.language !== language && { language: report.language }) }],
    ]),
  };
}

