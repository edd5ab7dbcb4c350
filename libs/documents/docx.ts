import {
  AlignmentType, Bookmark, BorderStyle, Document as WordDocument, ExternalHyperlink, Footer, Header, HeadingLevel, ImageRun, LevelFormat, LineRuleType, Packer, PageBreak, PageNumber,
  Paragraph, ShadingType, Table as WordTable, TableCell, TableLayoutType, TableOfContents, TableRow, TextRun, VerticalAlignTable, WidthType, type IParagraphOptions, type ParagraphChild,
} from 'docx';
import { Resvg } from '@resvg/resvg-js';
import { estimatePageNumbersWith } from 'docx/layout';
import { readFile } from 'node:fs/promises';
import { chartSvg } from './charts/chart-svg.js';
import { DESIGN, type TextStyle } from './design.js';
import type { Block, Cell, Chart, Column, Document, Run, Section, Table } from './document.js';
import { FONT_FILES } from './fonts.js';
import { fit } from './plain-text.js';
import { settledZip } from './settled-zip.js';
import { partsOf } from './wide-tables.js';
import { WORDS, writtenDate } from './words.js';

const { page, colours, table: tableDesign, remark } = DESIGN;
/** Twentieths of a point, in which Word measures. */
const twips = (points: number): number => Math.round(points * 20);
const millimetres = (length: number): number => twips((length / 25.4) * 72);
const WIDTH = millimetres(page.width - page.margins.left - page.margins.right);
const hex = (colour: keyof typeof colours): string => colours[colour].slice(1);

/**
 * A Word document (Office Open XML) with true styles: headings by which Word's navigation and its table of contents go, repeated table headers, fields for page
 * numbers, languages of texts, alternatives of charts. The table of contents is filled in, with page numbers as they are estimated by laying the pages out (of a long document without); Word's
 * own come with "Update table". Fonts are named and not embedded: where Noto is not installed, another serif and sans stand for it.
 * The same document gives the same bytes.
 */
export async function renderDocx(document: Document): Promise<Uint8Array> {
  const { title, subtitle = '', organisation, language, moment, runningHeader, sections } = document;
  const margin = { top: millimetres(page.margins.top), right: millimetres(page.margins.right), bottom: millimetres(page.margins.bottom), left: millimetres(page.margins.left), header: millimetres(page.header), footer: millimetres(page.footer) };
  const words = WORDS[language];
  const word = new WordDocument({
    ...(isShort(document) && { pageNumbers: estimatePageNumbersWith({ fonts: await measures(), guess: true }) }),
    title: fit(title),
    subject: fit(subtitle.replaceAll('\n', ', ')),
    creator: fit(organisation),
    lastModifiedBy: 'Mindet',
    description: fit(runningHeader),
    styles: styles(language),
    numbering: { config: [{ reference: 'dashes', levels: [{ level: 0, format: LevelFormat.BULLET, text: DESIGN.list.marker, style: { paragraph: { indent: { left: twips(DESIGN.list.indent), hanging: twips(DESIGN.list.indent) } } } }] }] },
    sections: [
      {
        properties: { page: { size: { width: millimetres(page.width), height: millimetres(page.height) }, margin }, titlePage: true },
        headers: { first: new Header({ children: [new Paragraph({ children: [] })] }), default: new Header({ children: [new Paragraph({ style: 'Edge', border: { bottom: line('rule', tableDesign.rule) }, children: [new TextRun(fit(runningHeader))] })] }) },
        footers: {
          first: new Footer({ children: [new Paragraph({ children: [] })] }),
          default: new Footer({ children: [new Paragraph({ style: 'Edge', alignment: AlignmentType.RIGHT, children: [new TextRun({ children: [`${words.page} `, PageNumber.CURRENT, ` ${words.of} `, PageNumber.TOTAL_PAGES] })] })] }),
        },
        children: [
          ...coverOf(document),
          new Paragraph({ style: 'ContentsHeading', children: [new TextRun(words.contents)] }),
          new TableOfContents(words.contents, { hyperlink: true, headingStyleRange: '1-3', beginDirty: false }),
          new Paragraph({ children: [new PageBreak()] }),
          ...sections.flatMap((section) => sectionOf(section, document)),
        ],
      },
    ],
  });
  const bytes = await Packer.toBuffer(word);
  const links = new Map<string, string>();
  return settledZip(new Uint8Array(bytes), (name, text) => settled(name, text, moment, links));
}

/** Rows of tables, and letters in all, up to which the pages are laid out, for the numbers in the table of contents: it takes some milliseconds for each. */
const MOST_LAID_OUT = 150;

const MOST_LETTERS_LAID_OUT = 60_000;

function isShort(document: Document): boolean {
  const rows = document.sections.flatMap(({ blocks }) => blocks).reduce((sum, block) => sum + (block.block === 'table' ? block.rows.length : 0), 0);
  return rows <= MOST_LAID_OUT && JSON.stringify(document).length <= MOST_LETTERS_LAID_OUT;
}

/** By which the pages are laid out. Read once. */
let read: Promise<{ data: Uint8Array }[]> | undefined;
const measures = () => (read ??= Promise.all(Object.values(FONT_FILES).flatMap((faces) => Object.values(faces)).map(async (file) => ({ data: new Uint8Array(await readFile(file)) }))));

/** docx counts and draws lots across all documents of a process: here they are numbered anew, and the moment is the document's own. */
function settled(name: string, text: string, moment: string, links: Map<string, string>): string {
  if (name === 'docProps/core.xml') return text.replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${moment.slice(0, 19)}Z`);
  let bookmarks = 0;
  let drawings = 0;
  const numbers = new Map<string, number>();
  const contents = new Map<string, number>();
  const linkFor = (id: string): string => links.get(id) ?? links.set(id, `rIdLink${links.size + 1}`).get(id)!;
  return text
    // Of links the ids are drawn by lot: 21 letters.
    .replaceAll(/\brId[\w-]{21}(?=")/g, linkFor)
    .replaceAll(/(<w:bookmark(?:Start|End) [^>]*w:id=")(\d+)/g, (_, before: string, id: string) => `${before}${numbers.get(id) ?? numbers.set(id, (bookmarks += 1)).get(id)!}`)
    .replaceAll(/_Toc(\d+)/g, (_, id: string) => `_Toc${contents.get(id) ?? contents.set(id, contents.size + 1).get(id)!}`)
    .replaceAll(/(<(?:wp:docPr|pic:cNvPr) id=")\d+/g, (_, before: string) => `${before}${(drawings += 1)}`);
}

const line = (colour: keyof typeof colours, width: number) => ({ style: BorderStyle.SINGLE, size: Math.round(width * 8), color: hex(colour), space: 1 });
const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;

/** The fonts' own height of a line, in parts of their size, by which Word counts. */
const NATURAL_LINE = 1.36;

function styles(language: Document['language']) {
  const run = (name: TextStyle) => {
    const { font, weight, size, colour } = DESIGN.text[name];
    return { font: DESIGN.fonts[font].family, bold: weight >= 600, size: size * 2, color: hex(colour) };
  };
  const paragraph = (name: TextStyle) => {
    const { before, after, line: height } = DESIGN.text[name];
    return { spacing: { before: twips(before), after: twips(after), line: Math.round(240 * Math.max(1, height / NATURAL_LINE)), lineRule: LineRuleType.AUTO } };
  };
  const both = (name: TextStyle) => ({ run: run(name), paragraph: paragraph(name) });
  const heading = (name: TextStyle) => ({ run: run(name), paragraph: { ...paragraph(name), keepNext: true, keepLines: true } });
  const own = (id: string, name: string, style: TextStyle) => ({ id, name, basedOn: 'Normal', quickFormat: true, ...both(style) });
  return {
    default: {
      document: { run: { ...run('body'), language: { value: TAGS[language] } }, paragraph: paragraph('body') },
      title: both('title'),
      heading1: heading('heading1'),
      heading2: heading('heading2'),
      heading3: heading('heading3'),
    },
    paragraphStyles: [
      own('Organisation', 'Organisation', 'organisation'),
      own('Subtitle', 'Subtitle', 'subtitle'),
      { ...own('ContentsHeading', 'Contents Heading', 'contentsHeading') },
      own('FactLabel', 'Fact Label', 'factLabel'),
      own('FactValue', 'Fact Value', 'factValue'),
      { ...own('Caption', 'caption', 'caption'), paragraph: { ...paragraph('caption'), keepNext: true } },
      own('Remark', 'Remark', 'remark'),
      own('TableHeader', 'Table Header', 'tableHeader'),
      own('TableCell', 'Table Cell', 'tableCell'),
      own('ListItem', 'List Item', 'listItem'),
      own('Edge', 'Edge', 'edge'),
      ...[1, 2, 3].map((level) => ({
        id: `TOC${level}`,
        name: `toc ${level}`,
        basedOn: 'Normal',
        run: run('body'),
        paragraph: { indent: { left: twips((level - 1) * DESIGN.contents.indent) }, spacing: { after: twips(DESIGN.contents.after) }, tabStops: [{ type: 'right' as const, position: WIDTH, leader: 'dot' as const }] },
      })),
    ],
  };
}

const TAGS: Readonly<Record<Document['language'], string>> = { ru: 'ru-RU', kk: 'kk-KZ', en: 'en-GB' };

function coverOf({ organisation, title, subtitle = '', facts }: Document) {
  const plain = (style: string, text: string, more: Partial<IParagraphOptions> = {}) => new Paragraph({ style, children: [new TextRun(fit(text))], ...more });
  return [
    plain('Organisation', organisation, { spacing: { before: millimetres(DESIGN.cover.top - page.margins.top), after: twips(10) }, border: { top: { ...line('accent', DESIGN.cover.line.width), space: 8 } } }),
    plain('Title', title),
    ...subtitle.split('\n').map((text) => plain('Subtitle', text)),
    plain('Normal', '', { spacing: { before: twips(30) } }),
    ...(facts.length === 0 ? [] : [new WordTable({
      layout: TableLayoutType.FIXED,
      width: { size: WIDTH, type: WidthType.DXA },
      columnWidths: [millimetres(DESIGN.cover.labels), WIDTH - millimetres(DESIGN.cover.labels)],
      borders: { top: NO_LINE, bottom: NO_LINE, left: NO_LINE, right: NO_LINE, insideHorizontal: NO_LINE, insideVertical: NO_LINE },
      rows: facts.map(({ label, value }) => new TableRow({ children: [new TableCell({ children: [plain('FactLabel', label)] }), new TableCell({ children: [plain('FactValue', value)] })] })),
    })]),
    new Paragraph({ children: [new PageBreak()] }),
  ];
}

const LEVELS = { 1: HeadingLevel.HEADING_1, 2: HeadingLevel.HEADING_2, 3: HeadingLevel.HEADING_3 } as const;

/** A name that Word takes for a bookmark: a letter first, 40 characters at most. */
const anchor = (id: string): string => `s_${id.replaceAll(/[^A-Za-z0-9]/g, '_')}`.slice(0, 40);

function sectionOf({ id, level, heading, blocks }: Section, document: Document) {
  return [
    new Paragraph({ heading: LEVELS[level], children: [new Bookmark({ id: anchor(id), children: runsOf(heading, document) })] }),
    ...blocks.flatMap((block) => blockOf(block, document)),
  ];
}

function blockOf(block: Block, document: Document) {
  switch (block.block) {
    case 'paragraph':
      return block.as === 'remark' ? [remarkOf(block.runs, document)] : [new Paragraph({ children: runsOf(block.runs, document) })];
    case 'list':
      return block.items.map((item) => new Paragraph({ style: 'ListItem', numbering: { reference: 'dashes', level: 0 }, children: runsOf(item, document) }));
    case 'table':
      return partsOf(block).flatMap((part) => tableOf(part, document));
    case 'chart':
      return chartOf(block, document);
  }
}

const remarkOf = (runs: readonly Run[], document: Document) =>
  new Paragraph({
    style: 'Remark',
    shading: { type: ShadingType.CLEAR, fill: hex('tint') },
    border: { left: { ...line('accent', remark.bar), space: remark.padding.inline } },
    children: runsOf(runs, document),
  });

function tableOf({ caption, columns, rows }: Table, document: Document) {
  const head = new Paragraph({ style: 'Caption', children: [new TextRun(fit(caption))] });
  if (rows.length === 0) return [head, remarkOf([{ text: WORDS[document.language].nothing }], document)];
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((WIDTH * share) / total));
  const margins = { top: twips(tableDesign.padding.block), bottom: twips(tableDesign.padding.block), left: twips(tableDesign.padding.inline), right: twips(tableDesign.padding.inline) };
  const frame = line('accent', tableDesign.frame);
  const cell = (style: string, { of }: Column, children: readonly ParagraphChild[], n: number, isHeader = false) =>
    new TableCell({
      width: { size: widths[n]!, type: WidthType.DXA },
      margins,
      verticalAlign: VerticalAlignTable.TOP,
      ...(isHeader && { shading: { type: ShadingType.CLEAR, fill: hex('tint') }, borders: { bottom: frame } }),
      children: [new Paragraph({ style, ...((of === 'number' || of === 'percent') && { alignment: AlignmentType.RIGHT }), children: [...children] })],
    });
  return [
    head,
    new WordTable({
      layout: TableLayoutType.FIXED,
      width: { size: WIDTH, type: WidthType.DXA },
      columnWidths: widths,
      borders: { top: frame, bottom: frame, left: NO_LINE, right: NO_LINE, insideHorizontal: line('rule', tableDesign.rule), insideVertical: NO_LINE },
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((column, n) => cell('TableHeader', column, [new TextRun(fit(column.heading))], n, true)) }),
        ...rows.map((row) => new TableRow({ cantSplit: row.every(isShortCell), children: row.map((content, n) => cell('TableCell', columns[n]!, cellRuns(content, columns[n]!, document), n)) })),
      ],
    }),
    new Paragraph({ spacing: { after: twips(tableDesign.after) }, children: [] }),
  ];
}

const isShortCell = (cell: Cell): boolean => cell === null || typeof cell !== 'object' || cell.reduce((sum, { text }) => sum + text.length, 0) < 1_500;

function cellRuns(cell: Cell, { of }: Column, document: Document): ParagraphChild[] {
  if (cell === null) return [];
  if (typeof cell === 'number') return [new TextRun(`${cell}${of === 'percent' ? '\u00a0%' : ''}`)];
  if (typeof cell === 'string') return [new TextRun(/^\d{4}-\d{2}-\d{2}$/.test(cell) ? writtenDate(cell, document.language).replaceAll('\u00a0', ' ') : fit(cell))];
  return runsOf(cell, document);
}

/** The same chart in dots, for readers that know no vectors, as LibreOffice before 24. */
const inDots = (svg: string): Buffer =>
  new Resvg(svg, { font: { fontFiles: Object.values(FONT_FILES).flatMap((faces) => Object.values(faces)), loadSystemFonts: false, defaultFontFamily: DESIGN.fonts.sans.family }, fitTo: { mode: 'width', value: 1_240 }, background: '#ffffff' }).render().asPng();

function chartOf(chart: Chart, { language }: Document) {
  const svg = chartSvg(chart, language);
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
  const shown = (WIDTH / 20 / 72) * 96;
  return [
    new Paragraph({ style: 'Caption', children: [new TextRun(fit(chart.title))] }),
    new Paragraph({
      keepNext: true,
      spacing: { line: 240, lineRule: LineRuleType.AUTO },
      children: [
        new ImageRun({
          type: 'svg',
          data: Buffer.from(svg),
          fallback: { type: 'png', data: inDots(svg) },
          transformation: { width: Math.round(shown), height: Math.round((shown * height!) / width!) },
          altText: { name: fit(chart.title), title: fit(chart.title), description: fit(chart.alternative) },
        }),
      ],
    }),
    new Paragraph({ style: 'Edge', spacing: { after: twips(12) }, children: [new TextRun(fit(`${WORDS[language].chart}: ${chart.alternative}`))] }),
  ];
}

function runsOf(runs: readonly Run[], { language }: Document): ParagraphChild[] {
  return runs.flatMap(({ text, style, language: own, link }): ParagraphChild[] => {
    const look = {
      ...(style === 'strong' && { bold: true }),
      ...(style === 'emphasis' && { italics: true }),
      ...(style === 'quiet' && { color: hex('quiet') }),
      ...(own !== undefined && own !== language && { language: { value: TAGS[own] } }),
    };
    const pieces = fit(text).split('\n').map((piece, n) => new TextRun({ ...look, text: piece, ...(n > 0 && { break: 1 }) }));
    return link !== undefined && /^https?:\/\//i.test(link) ? [new ExternalHyperlink({ link, children: pieces })] : pieces;
  });
}
