import pdfmake from 'pdfmake';
import { chartSvg } from './charts/chart-svg.js';
import { DESIGN, type TextStyle } from './design.js';
import type { Block, Cell, Column, Document, Run, Section, Table } from './document.js';
import { FONT_FILES } from './fonts.js';
import { fit } from './plain-text.js';
import { partsOf } from './wide-tables.js';
import { WORDS, writtenDate } from './words.js';

/** A node of pdfmake's document, as data. */
type Content = Readonly<Record<string, unknown>>;

const { page, colours, table: tableDesign, remark, cover, contents } = DESIGN;
const points = (millimetres: number): number => (millimetres / 25.4) * 72;
const WIDTH = points(page.width - page.margins.left - page.margins.right);

pdfmake.setFonts(FONT_FILES);
// Nothing is fetched or read for a document but the fonts, whatever its texts say.
pdfmake.setUrlAccessPolicy(() => false);
const files = new Set(Object.values(FONT_FILES).flatMap((faces) => Object.values(faces)));
pdfmake.setLocalAccessPolicy((path: string) => files.has(path));

/**
 * PDF/A-2b: fonts embedded, metadata, language, title, bookmarks; the text can be searched and copied. It is not tagged: pdfmake carries no structure
 * to its pages, so that level A, and PDF/UA, are not reached (HTML and DOCX are what reads aloud). The same document gives the same bytes.
 */
export async function renderPdf(document: Document): Promise<Uint8Array> {
  return new Uint8Array(await pdfmake.createPdf(definitionOf(document)).getBuffer());
}

function definitionOf(document: Document): Content {
  const { title, organisation, subtitle, language, moment, runningHeader, sections } = document;
  const at = new Date(moment);
  return {
    pageSize: 'A4',
    pageMargins: [points(page.margins.left), points(page.margins.top), points(page.margins.right), points(page.margins.bottom)],
    subset: 'PDF/A-2b',
    version: '1.7',
    language,
    displayTitle: true,
    info: { title: inMetadata(title), subject: inMetadata(subtitle ?? ''), author: inMetadata(organisation), creator: 'Mindet', producer: 'Mindet', creationDate: at, modDate: at },
    defaultStyle: { ...typeOf('body'), lineHeight: 1.1 },
    header: (current: number) => (current === 1 ? null : headerOf(runningHeader)),
    footer: (current: number, total: number) => (current === 1 ? null : footerOf(current, total, language)),
    content: [
      ...coverOf(document),
      { toc: { title: { text: WORDS[language].contents, ...typeOf('contentsHeading'), margin: [0, 0, 0, 12] }, outlines: true, textStyle: typeOf('body'), numberStyle: typeOf('body') }, pageBreak: 'after' },
      ...sections.flatMap((section) => sectionOf(section, document)),
    ],
  };
}

/** The metadata are XML, into which pdfkit puts texts as they are. */
const inMetadata = (text: string): string => fit(text).replaceAll(/[<>&\n\t]+/g, ' ');

function typeOf(name: TextStyle) {
  const { font, weight, size, colour } = DESIGN.text[name];
  return { font: DESIGN.fonts[font].family, bold: weight >= 600, fontSize: size, color: colours[colour] };
}
const around = (name: TextStyle): [number, number, number, number] => [0, DESIGN.text[name].before, 0, DESIGN.text[name].after];

const headerOf = (text: string): Content => ({
  margin: [points(page.margins.left), points(page.header), points(page.margins.right), 0],
  stack: [{ text: shortened(fit(text)), ...typeOf('edge') }, rule()],
});

/** One line: the header never grows into the text. */
const shortened = (text: string): string => ([...text].length > 110 ? `${[...text].slice(0, 109).join('')}…` : text);

const rule = (): Content => ({ canvas: [{ type: 'line', x1: 0, y1: 3, x2: WIDTH, y2: 3, lineWidth: tableDesign.rule, lineColor: colours.rule }] });

const footerOf = (current: number, total: number, language: Document['language']): Content => ({
  margin: [points(page.margins.left), 8, points(page.margins.right), 0],
  text: WORDS[language].pageOf(current, total),
  alignment: 'right',
  ...typeOf('edge'),
});

function coverOf({ organisation, title, subtitle = '', facts }: Document): Content[] {
  return [
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: points(cover.line.length), y2: 0, lineWidth: cover.line.width, lineColor: colours.accent }], margin: [0, points(cover.top - page.margins.top), 0, 12] },
    { text: pieces([{ text: organisation }]), ...typeOf('organisation'), margin: [0, 0, 0, 10] },
    { text: pieces([{ text: title }]), ...typeOf('title'), margin: around('title') },
    ...subtitle.split('\n').map((line): Content => ({ text: pieces([{ text: line }]), ...typeOf('subtitle'), margin: [0, 0, 0, 4] })),
    // Without a row pdfmake knows no table.
    {
      margin: [0, 40, 0, 0],
      layout: 'noBorders',
      table: {
        widths: [points(cover.labels), '*'],
        body: [...facts, { label: '', value: '' }].map(({ label, value }): Content[] => [
          { text: fit(label), ...typeOf('factLabel') },
          { text: pieces([{ text: value }], 40), ...typeOf('factValue') },
        ]),
      },
      pageBreak: 'after',
    },
  ];
}

function sectionOf({ level, heading, blocks }: Section, document: Document): Content[] {
  const style = `heading${level}` as const;
  const head: Content = {
    // A heading without a word has no line that contents and bookmarks could lead to.
    text: heading.some(({ text }) => text.trim() !== '') ? pieces(heading) : '—',
    ...typeOf(style),
    margin: around(style),
    headlineLevel: level,
    tocItem: true,
    tocMargin: [(level - 1) * contents.indent, 0, 0, contents.after],
    outline: true,
    outlineText: fit(heading.map(({ text }) => text).join('')),
  };
  const [first, ...others] = blocks.flatMap((block) => blockOf(block, document));
  // A heading does not stand alone at the foot of a page.
  const together = first !== undefined && 'text' in first;
  return together ? [{ stack: [head, first], unbreakable: true }, ...others] : [head, ...(first === undefined ? [] : [first]), ...others];
}

function blockOf(block: Block, document: Document): Content[] {
  switch (block.block) {
    case 'paragraph':
      return block.as === 'remark' ? [remarkOf(block.runs)] : [{ text: pieces(block.runs), ...typeOf('body'), margin: around('body') }];
    case 'list':
      return [{ ul: block.items.map((item): Content => ({ text: pieces(item), margin: [0, 0, 0, 3] })), ...typeOf('listItem'), margin: [0, 0, 0, 8] }];
    case 'table':
      return partsOf(block).flatMap((part) => tableOf(part, document));
    case 'chart':
      return [
        {
          unbreakable: true,
          stack: [
            { text: pieces([{ text: block.title }]), ...typeOf('caption'), margin: around('caption') },
            { svg: chartSvg(block, document.language), width: WIDTH },
          ],
        },
        { text: pieces([{ text: `${WORDS[document.language].chart}: ${block.alternative}` }]), ...typeOf('edge'), margin: [0, 4, 0, 12] },
      ];
  }
}

const remarkOf = (runs: readonly Run[]): Content => ({
  margin: around('remark'),
  table: { widths: ['*'], body: [[{ text: pieces(runs), ...typeOf('remark'), fillColor: colours.tint }]] },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (n: number) => (n === 0 ? remark.bar : 0),
    vLineColor: () => colours.accent,
    paddingLeft: () => remark.padding.inline,
    paddingRight: () => remark.padding.inline,
    paddingTop: () => remark.padding.block,
    paddingBottom: () => remark.padding.block,
  },
});

function tableOf({ caption, columns, rows }: Table, { language }: Document): Content[] {
  const head: Content = { text: pieces([{ text: caption }]), ...typeOf('caption'), margin: around('caption'), headlineLevel: 9 };
  if (rows.length === 0) return [head, remarkOf([{ text: WORDS[language].nothing }])];
  const { inline, block } = tableDesign.padding;
  const room = WIDTH - columns.length * 2 * inline;
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (room * share) / total);
  const table: Content = {
    margin: [0, 0, 0, tableDesign.after],
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: rows.every((row) => row.every(isShort)),
      widths,
      body: [
        columns.map(({ heading, of }, n): Content => ({ text: pieces([{ text: heading }], lettersIn(widths[n]!)), ...typeOf('tableHeader'), fillColor: colours.tint, ...atRight(of) })),
        ...rows.map((row) => row.map((cell, n): Content => ({ text: cellPieces(cell, columns[n]!, lettersIn(widths[n]!), language), ...typeOf('tableCell'), ...atRight(columns[n]!.of) }))),
      ],
    },
    layout: {
      hLineWidth: (n: number) => (n === 0 || n === 1 || n === rows.length + 1 ? tableDesign.frame : tableDesign.rule),
      hLineColor: (n: number) => (n === 0 || n === 1 || n === rows.length + 1 ? colours.accent : colours.rule),
      vLineWidth: () => 0,
      paddingLeft: () => inline,
      paddingRight: () => inline,
      paddingTop: () => block,
      paddingBottom: () => block,
    },
  };
  return [head, table];
}

/** A row of short cells stays together; one that would fill a page may break. */
const isShort = (cell: Cell): boolean => cell === null || typeof cell !== 'object' || cell.reduce((sum, { text }) => sum + text.length, 0) < 1_500;

const atRight = (of: Column['of']): object => (of === 'number' || of === 'percent' ? { alignment: 'right' } : {});

/** Letters that surely fit on a line of that many points. */
const lettersIn = (width: number): number => Math.max(2, Math.floor(width / (DESIGN.text.tableCell.size * 0.56)));

function cellPieces(cell: Cell, { of }: Column, letters: number, language: Document['language']): Content[] {
  if (cell === null) return [];
  if (typeof cell === 'number') return pieces([{ text: `${cell}${of === 'percent' ? '\u00a0%' : ''}` }], letters);
  if (typeof cell === 'string') return pieces([{ text: /^\d{4}-\d{2}-\d{2}$/.test(cell) ? writtenDate(cell, language).replaceAll('\u00a0', ' ') : cell }], letters);
  return pieces(cell, letters);
}

/**
 * Runs as pdfmake has them. A word that is longer than its line may break where the line ends; any other only where its language has it.
 * @param letters that fit on a line
 */
function pieces(runs: readonly Run[], letters = 70): Content[] {
  return runs.flatMap(({ text, style, link }) => {
    const look = {
      ...(style === 'strong' && { bold: true }),
      ...(style === 'emphasis' && { italics: true }),
      ...(style === 'quiet' && { color: colours.quiet }),
      ...(link !== undefined && /^https?:\/\//i.test(link) && { link, decoration: 'underline' as const }),
    };
    return text === '' ? [] : [{ text: withBreaks(withinPlane(fit(text)), letters), ...look }];
  });
}

/** pdfmake sets one letter after the other where it may break anywhere, which takes minutes for a long text: a space of no width is a place to break. */
const withBreaks = (text: string, letters: number): string =>
  text.replaceAll(new RegExp(`\\S{${letters + 1},}`, 'gu'), (word) => Array.from({ length: Math.ceil(word.length / letters) }, (_, n) => word.slice(n * letters, (n + 1) * letters)).join('\u200B'));

/** The fonts have no letters beyond the first plane, and pdfmake would break them in two. */
const withinPlane = (text: string): string => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
