import type { Language } from '#domain/vocabulary.js';
import type { Block, Document, Section, Table } from '../document.js';

/** Every Kazakh letter that Russian has not, in both cases, and the signs of official prose. */
export const KAZAKH = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі ₸ № « » “ ” – —';

const TEXTS: Readonly<Record<Language, { readonly title: string; readonly subtitle: string; readonly organisation: string; readonly prose: string; readonly priority: string; readonly table: string; readonly columns: readonly string[]; readonly bodies: readonly string[] }>> = {
  ru: {
    title: 'Повестка председательства на 2025–2026 годы',
    subtitle: 'Рабочая копия для государств-членов',
    organisation: 'Организация Договора о коллективной безопасности',
    prose: 'Государства-члены договорились продолжить работу над согласованными мерами — с учётом решений Совета и в сроки, которые названы ниже.',
    priority: 'Укрепление механизмов кризисного реагирования',
    table: 'Ход выполнения обязательств',
    columns: ['Обязательство', 'Ответственный', 'Отчётов', 'Выполнено', 'Срок'],
    bodies: ['Комитет секретарей советов безопасности', 'Совет министров обороны'],
  },
  kk: {
    title: 'Төрағалықтың 2025–2026 жылдарға арналған күн тәртібі',
    subtitle: 'Мүше мемлекеттерге арналған жұмыс нұсқасы',
    organisation: 'Ұжымдық қауіпсіздік туралы шарт ұйымы',
    prose: 'Мүше мемлекеттер келісілген шараларды жалғастыруға уағдаласты — Кеңес шешімдері ескеріліп, төменде аталған мерзімдерде орындалады.',
    priority: 'Дағдарыстарға ден қою тетіктерін күшейту',
    table: 'Міндеттемелердің орындалу барысы',
    columns: ['Міндеттеме', 'Жауапты орган', 'Есептер', 'Орындалды', 'Мерзімі'],
    bodies: ['Қауіпсіздік кеңестері хатшыларының комитеті', 'Қорғаныс министрлері кеңесі'],
  },
  en: {
    title: 'Agenda of the chairmanship for 2025–2026',
    subtitle: 'Working copy for the member states',
    organisation: 'Collective Security Treaty Organization',
    prose: 'The member states agreed to carry on with the measures below, having regard to the decisions of the Council and within the time that is named.',
    priority: 'Stronger means of responding to crises',
    table: 'Progress of commitments',
    columns: ['Commitment', 'Lead body', 'Reports', 'Delivered', 'Due'],
    bodies: ['Committee of Secretaries of Security Councils', 'Council of Ministers of Defence'],
  },
};

/** A rich document: every block, three levels of headings, a fallen-back text, a link, charts; as long as its numbers say. */
export function sampleDocument(language: Language, { priorities = 3, commitments = 5 }: { priorities?: number; commitments?: number } = {}): Document {
  const texts = TEXTS[language];
  const numbers = Array.from({ length: priorities }, (_, index) => index + 1);
  return {
    kind: 'agenda',
    language,
    title: texts.title,
    subtitle: texts.subtitle,
    organisation: texts.organisation,
    runningHeader: `${texts.subtitle} · 24.11.2025, 09:00 UTC`,
    facts: [
      { label: '№', value: 'csto-2025.1' },
      { label: 'UTC', value: '2025-11-24T09:00:00.000Z' },
      { label: 'SHA-256', value: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
    ],
    moment: '2025-11-24T09:00:00.000Z',
    position: '4711',
    sections: [
      { id: 'summary', level: 1, heading: [{ text: texts.table }], blocks: [paragraph(texts.prose), paragraph(texts.prose + ' ' + texts.prose), ...charts(language, priorities)] },
      ...numbers.flatMap((number): Section[] => [
        {
          id: `priority-${number}`,
          level: 1,
          heading: [{ text: `${number}. ${texts.priority}` }],
          blocks: [
            paragraph(texts.prose),
            { block: 'list', items: texts.bodies.map((text) => [{ text }]) },
            { block: 'paragraph', as: 'remark', runs: [{ text: texts.prose }] },
            table(`progress-${number}`, language, commitments),
          ],
        },
        {
          id: `priority-${number}.text`,
          level: 2,
          heading: [{ text: `${number}.1 ${texts.bodies[0] ?? ''}` }],
          blocks: [
            {
              block: 'paragraph',
              runs: [
                { text: texts.prose + ' ' },
                { text: texts.priority, style: 'strong' },
                { text: ', ' },
                { text: 'Текст остался на русском языке', style: 'quiet', language: 'ru' },
                { text: ' (' },
                { text: KAZAKH, style: 'emphasis' },
                { text: ') ' },
                { text: 'https://example.org/agenda', link: 'https://example.org/agenda' },
              ],
            },
          ],
        },
        { id: `priority-${number}.more`, level: 3, heading: [{ text: texts.bodies[1] ?? '' }], blocks: [paragraph(texts.prose)] },
      ]),
    ],
  };
}

/** A document of one section with the given blocks. */
export function documentOf(blocks: readonly Block[], language: Language = 'en'): Document {
  return { ...sampleDocument(language), sections: [{ id: 'only', level: 1, heading: [{ text: 'Only' }], blocks }] };
}

export function paragraph(text: string): Block {
  return { block: 'paragraph', runs: [{ text }] };
}

export function table(id: string, language: Language, rows: number): Table {
  const texts = TEXTS[language];
  const [name = '', lead = '', reports = '', delivered = '', due = ''] = texts.columns;
  return {
    block: 'table',
    id,
    caption: texts.table,
    columns: [
      { heading: name, share: 5, of: 'text' },
      { heading: lead, share: 4, of: 'text' },
      { heading: reports, share: 1.6, of: 'number' },
      { heading: delivered, share: 1.9, of: 'percent' },
      { heading: due, share: 2, of: 'date' },
    ],
    rows: Array.from({ length: rows }, (_, index) => [
      [{ text: `${id}.${index + 1}`, style: 'strong' as const }, { text: ` ${texts.priority}. ${index % 3 === 0 ? texts.prose : ''}` }],
      [{ text: texts.bodies[index % 2] ?? '' }],
      index * 7,
      index % 4 === 3 ? null : (index * 12.5) % 100,
      `2026-${String((index % 12) + 1).padStart(2, '0')}-15`,
    ]),
  };
}

function charts(language: Language, priorities: number): readonly Block[] {
  const texts = TEXTS[language];
  return [
    {
      block: 'chart',
      id: 'delivery',
      title: texts.table,
      alternative: texts.prose,
      drawing: {
        as: 'stacked-bars',
        categories: Array.from({ length: priorities }, (_, index) => `${index + 1}. ${texts.priority}`),
        series: texts.columns.slice(0, 4).map((name, series) => ({ name, values: Array.from({ length: priorities }, (_, index) => ((index + 2) * (series + 1)) % 7) })),
      },
    },
    {
      block: 'chart',
      id: 'milestones',
      title: texts.priority,
      alternative: texts.prose,
      drawing: {
        as: 'timeline',
        from: '2024-12-01',
        to: '2026-12-31',
        rows: texts.bodies.map((name, row) => ({
          name,
          points: [0, 1, 2].map((index) => ({ date: `${2025 + row * (index > 1 ? 1 : 0)}-${String(index * 3 + 2 + row).padStart(2, '0')}-10`, name: texts.columns[index] ?? '', reached: index < 2 })),
        })),
      },
    },
  ];
}
