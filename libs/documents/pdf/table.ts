import { DESIGN } from '../design.js';
import type { Run, Table } from '../document.js';
import { partsOf } from '../wide-tables.js';
import { WORDS, writtenDate } from '../words.js';
import { breakLines, type Line } from './lines.js';
import { BOTTOM, drawRule, LEFT, lineHeight, TOP, WIDTH, type Paper } from './paper.js';
import { drawLines, flowText } from './text.js';
import { UNDRAWN, type Tag } from './structure.js';

const { padding, frame, rule } = DESIGN.table;
const { accent, tint, rule: ruleColour } = DESIGN.colours;
const CELL = lineHeight('tableCell');
const HEADER = lineHeight('tableHeader');
/** A row no higher than this goes to the next page whole; a higher one is divided between lines. */
const WHOLE = (BOTTOM - TOP) / 3;

type Column = { readonly x: number; readonly width: number; readonly right: boolean };
type Row = readonly (readonly Line[])[];

/** A table with its caption; the header is repeated on every page, and never stands alone at the foot of one. One too wide is several. */
export function drawTable(paper: Paper, table: Table): void {
  for (const [index, part] of partsOf(table).entries()) {
    if (index > 0 && paper.y + beginningOf(paper, part) > BOTTOM) paper.turn();
    drawPart(paper, part);
  }
}

function drawPart(paper: Paper, table: Table): void {
  const columns = columnsOf(table);
  const header = table.columns.map(({ heading }, index) => breakLines(paper.fonts, [{ text: heading }], 'tableHeader', columns[index]?.width ?? WIDTH));
  const headerHeight = heightOf(header, HEADER);
  const tag = paper.tags.child('Table');

  if (table.caption !== '') {
    const caption = tag.child('Caption');
    flowText(paper, [{ text: table.caption }], 'caption', caption, LEFT, WIDTH);
    caption.end();
  }
  const drawHeader = (first: boolean): void => {
    paper.artifact(() => {
      paper.pdf.rect(LEFT, paper.y, WIDTH, headerHeight).fill(tint);
      drawRule(paper, paper.y, frame, accent);
      drawRule(paper, paper.y + headerHeight, frame, accent);
    });
    const row = first ? tag.child('TR') : UNDRAWN;
    for (const [index, lines] of header.entries()) {
      const { x, width, right } = columns[index] as Column;
      const cell = first ? row.child('TH', { scope: 'Column' }) : repeated(paper);
      drawLines(paper, lines, cell, x, paper.y + padding.block, HEADER, right ? (line) => width - line.width : undefined);
      cell.end();
    }
    row.end();
    paper.y += headerHeight;
  };
  const turn = (): void => {
    paper.artifact(() => drawRule(paper, paper.y, frame, accent));
    paper.turn();
    drawHeader(false);
  };

  drawHeader(true);
  const rows = table.rows.length === 0 ? [undefined] : table.rows;
  for (const [index, cells] of rows.entries()) {
    const wide = cells === undefined;
    const row = wide
      ? [breakLines(paper.fonts, [{ text: WORDS[paper.language].nothing, style: 'quiet' }], 'tableCell', WIDTH - 2 * padding.inline)]
      : columns.map(({ width }, column) => breakLines(paper.fonts, cellRuns(table, cells, column, paper), 'tableCell', width));
    drawRow(paper, columns, row, tag, turn);
    const last = index === rows.length - 1;
    paper.artifact(() => drawRule(paper, paper.y, last ? frame : rule, last ? accent : ruleColour));
  }
  tag.end();
  paper.y += DESIGN.table.after;
}

/** The room that a table needs to begin: caption, header and the first row, or as much of it as has to stay together. */
export function beginningOf(paper: Paper, whole: Table): number {
  const [table = whole] = partsOf(whole);
  const columns = columnsOf(table);
  const lines = (runs: readonly Run[], style: 'tableHeader' | 'tableCell', width: number): readonly Line[] => breakLines(paper.fonts, runs, style, width);
  const header = heightOf(table.columns.map(({ heading }, index) => lines([{ text: heading }], 'tableHeader', columns[index]?.width ?? WIDTH)), HEADER);
  const [cells] = table.rows;
  const first = cells === undefined ? CELL + 2 * padding.block : heightOf(columns.map(({ width }, column) => lines(cellRuns(table, cells, column, paper), 'tableCell', width)), CELL);
  const { before, after } = DESIGN.text.caption;
  return before + lineHeight('caption') + after + header + (first <= WHOLE ? first : 4 * CELL);
}

function drawRow(paper: Paper, columns: readonly Column[], row: Row, table: Tag, turn: () => void): void {
  const tag = table.child('TR');
  const tags = row.map(() => tag.child('TD'));
  let rest = row;
  const height = heightOf(row, CELL);
  if (paper.y + height > BOTTOM && (height <= WHOLE || paper.y + 4 * CELL > BOTTOM)) turn();
  for (;;) {
    const fit = Math.max(1, Math.floor((BOTTOM - paper.y - 2 * padding.block) / CELL));
    const part = rest.map((lines) => lines.slice(0, fit));
    for (const [index, lines] of part.entries()) {
      const { x, width, right } = columns[index] as Column;
      drawLines(paper, lines, tags[index] ?? UNDRAWN, x, paper.y + padding.block, CELL, right ? (line) => width - line.width : undefined);
    }
    paper.y += heightOf(part, CELL);
    rest = rest.map((lines) => lines.slice(fit));
    if (rest.every((lines) => lines.length === 0)) break;
    turn();
  }
  tag.end();
}

function cellRuns(table: Table, cells: Table['rows'][number], column: number, paper: Paper): readonly Run[] {
  const cell = cells[column] ?? null;
  if (cell === null) return [];
  if (typeof cell === 'number') return [{ text: `${cell}${table.columns[column]?.of === 'percent' ? '\u00a0%' : ''}` }];
  if (typeof cell !== 'string') return cell;
  return [{ text: /^\d{4}-\d{2}-\d{2}$/.test(cell) ? writtenDate(cell, paper.language).replace(/\u00a0(?!г\.)/g, ' ') : cell }];
}

function heightOf(row: Row, line: number): number {
  return Math.max(1, ...row.map((lines) => lines.length)) * line + 2 * padding.block;
}

function columnsOf(table: Table): readonly Column[] {
  const shares = table.columns.map(({ share }) => Math.max(share, 0.1));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let x = LEFT;
  return table.columns.map(({ of }, index) => {
    const width = (WIDTH * (shares[index] ?? 0)) / whole;
    const column = { x: x + padding.inline, width: width - 2 * padding.inline, right: of === 'number' || of === 'percent' };
    x += width;
    return column;
  });
}

/** A header that is repeated is read aloud once. */
function repeated(paper: Paper): Tag {
  return { ...UNDRAWN, mark: (draw) => paper.artifact(draw, 'Pagination') };
}
