/**
 * The one typographic design of documents, whatever their format. Lengths of the page are in millimetres, sizes of type and the
 * spaces around it in points, line heights in parts of the size, colours as `#rrggbb`. Every grey and the accent keep a contrast
 * of at least 7 : 1 on white where they colour text, and nothing is told by colour alone.
 */
export const DESIGN = {
  page: {
    width: 210,
    height: 297,
    margins: { top: 28, right: 22, bottom: 25, left: 22 },
    /** From the edge of the page to the line of the running header, and to that of the page number. */
    header: 14,
    footer: 13,
  },
  fonts: {
    /** Prose and headings. */
    serif: { family: 'Noto Serif', otherwise: ['Times New Roman', 'Times', 'serif'] },
    /** Tables, captions, charts, whatever stands at the edges of the page. */
    sans: { family: 'Noto Sans', otherwise: ['Arial', 'Helvetica', 'sans-serif'] },
  },
  colours: {
    ink: '#1a1a1a',
    quiet: '#555555',
    accent: '#1f3a5f',
    /** Lines between rows and under the running header. */
    rule: '#c3c9d1',
    /** Behind the header of a table, and behind a remark. */
    tint: '#eef1f5',
  },
  text: {
    organisation: { font: 'sans', weight: 600, size: 10, line: 1.4, before: 0, after: 0, colour: 'accent' },
    title: { font: 'serif', weight: 700, size: 27, line: 1.2, before: 0, after: 8, colour: 'ink' },
    subtitle: { font: 'serif', weight: 400, size: 14, line: 1.35, before: 0, after: 0, colour: 'quiet' },
    factLabel: { font: 'sans', weight: 400, size: 9, line: 1.4, before: 0, after: 0, colour: 'quiet' },
    factValue: { font: 'sans', weight: 400, size: 9, line: 1.4, before: 0, after: 0, colour: 'ink' },
    contentsHeading: { font: 'serif', weight: 700, size: 17, line: 1.25, before: 0, after: 12, colour: 'accent' },
    heading1: { font: 'serif', weight: 700, size: 17, line: 1.25, before: 26, after: 8, colour: 'accent' },
    heading2: { font: 'serif', weight: 700, size: 13, line: 1.3, before: 18, after: 5, colour: 'ink' },
    heading3: { font: 'serif', weight: 700, size: 10.5, line: 1.35, before: 12, after: 3, colour: 'ink' },
    body: { font: 'serif', weight: 400, size: 10.5, line: 1.45, before: 0, after: 6, colour: 'ink' },
    listItem: { font: 'serif', weight: 400, size: 10.5, line: 1.45, before: 0, after: 3, colour: 'ink' },
    remark: { font: 'sans', weight: 400, size: 9, line: 1.45, before: 4, after: 10, colour: 'ink' },
    caption: { font: 'sans', weight: 600, size: 9, line: 1.35, before: 8, after: 4, colour: 'ink' },
    tableHeader: { font: 'sans', weight: 600, size: 8, line: 1.3, before: 0, after: 0, colour: 'accent' },
    tableCell: { font: 'sans', weight: 400, size: 8.5, line: 1.35, before: 0, after: 0, colour: 'ink' },
    edge: { font: 'sans', weight: 400, size: 8, line: 1.3, before: 0, after: 0, colour: 'quiet' },
  },
  table: {
    /** Inside a cell, in points: above and below, left and right. */
    padding: { block: 3.5, inline: 5 },
    /** In points: over and under the whole table and under its header in the accent, between rows in the colour of rules. */
    frame: 1,
    rule: 0.5,
    /** Points after the table. Numbers, percents and dates: the first two are set at the right, dates at the left. */
    after: 12,
  },
  remark: {
    /** A bar in the accent at the left, its width and the padding in points; `tint` behind. */
    bar: 2.5,
    padding: { block: 6, inline: 10 },
  },
  list: { marker: '–', indent: 14 },
  cover: {
    /** Millimetres from the top edge to the organisation, the short accent line over it, and the width of the labels of facts. */
    top: 62,
    line: { length: 28, width: 2 },
    labels: 48,
  },
  contents: { indent: 14, after: 4 },
} as const;

export type TextStyle = keyof typeof DESIGN.text;
