import { DESIGN } from '../design.js';
import type { Document, Run } from '../document.js';
import { WORDS } from '../words.js';
import { onOneLine } from './legible.js';
import { breakLines } from './lines.js';
import { BOTTOM, drawLine, LEFT, lineHeight, millimetres, RIGHT, WIDTH, type Paper } from './paper.js';
import { drawLines, flowText } from './text.js';

const { cover, colours, contents } = DESIGN;

/** Whose document it is, what it is, and the facts that it stands by. */
export function drawCover(paper: Paper, document: Document): void {
  paper.turn();
  paper.y = millimetres(cover.top);
  paper.artifact(() => paper.pdf.rect(LEFT, paper.y, millimetres(cover.line.length), cover.line.width).fill(colours.accent));
  paper.y += 14;
  const write = (text: string, style: 'organisation' | 'title' | 'subtitle'): void => {
    const tag = paper.tags.child('P');
    flowText(paper, [{ text }], style, tag, LEFT, WIDTH);
    tag.end();
  };
  write(document.organisation, 'organisation');
  paper.y += 22;
  write(document.title, 'title');
  if (document.subtitle !== undefined) write(document.subtitle, 'subtitle');
  paper.y += 44;
  if (document.facts.length === 0) return;

  const labels = millimetres(cover.labels);
  const height = lineHeight('factValue');
  for (const fact of document.facts) {
    const left = breakLines(paper.fonts, [{ text: fact.label }], 'factLabel', labels - 10);
    const right = breakLines(paper.fonts, [{ text: fact.value }], 'factValue', WIDTH - labels);
    const needed = Math.max(left.length, right.length) * height + 9;
    if (paper.y + needed > BOTTOM && needed < BOTTOM / 2) paper.turn();
    const room = Math.max(1, Math.floor((BOTTOM - paper.y) / height));
    const tag = paper.tags.child('P');
    paper.artifact(() => paper.pdf.lineWidth(DESIGN.table.rule).strokeColor(colours.rule).moveTo(LEFT, paper.y).lineTo(RIGHT, paper.y).stroke());
    drawLines(paper, left.slice(0, room), tag, LEFT, paper.y + 4, height);
    drawLines(paper, right.slice(0, room), tag, LEFT + labels, paper.y + 4, height);
    tag.end();
    paper.y += needed;
  }
}

/** Where each section begins, by its place in the document. */
export type Places = readonly number[];

export function placeOf(section: number): string {
  return `section-${section + 1}`;
}

/** The table of contents: headings with the numbers of their pages, each a link. Counting, no page is known yet, and none is needed. */
export function drawContents(paper: Paper, document: Document, places: Places): void {
  if (document.sections.length === 0) return;
  paper.turn();
  const heading = paper.tags.child('P');
  flowText(paper, [{ text: WORDS[document.language].contents }], 'contentsHeading', heading, LEFT, WIDTH);
  heading.end();
  const toc = paper.tags.child('TOC');
  for (const [index, section] of document.sections.entries()) {
    const style = 'body';
    const height = lineHeight(style);
    const indent = (section.level - 1) * contents.indent;
    const runs: Run[] = section.heading.map(({ text, language }) => ({
      text,
      ...(section.level === 1 ? { style: 'strong' as const } : {}),
      ...(language === undefined ? {} : { language }),
    }));
    // A heading of any length stays within the contents' few lines.
    const lines = breakLines(paper.fonts, runs, style, WIDTH - indent - 40).slice(0, 4);
    const before = section.level === 1 ? 5 : 0;
    if (paper.y + before + lines.length * height > BOTTOM) paper.turn();
    paper.y += before;
    const item = toc.child('TOCI');
    const link = item.child('Link');
    drawLines(paper, lines.map((line) => ({ ...line, pieces: line.pieces.map((piece) => ({ ...piece, colour: colours.ink })) })), link, LEFT + indent, paper.y, height);
    const last = paper.y + (lines.length - 1) * height;
    const [number] = breakLines(paper.fonts, [{ text: String(places[index] ?? 0) }], style, 40);
    const title = lines.at(-1);
    if (number !== undefined && title !== undefined) {
      paper.artifact(() => drawLeader(paper, LEFT + indent + title.width + 5, RIGHT - number.width - 5, last + height * 0.66));
      link.mark(() => drawLine(paper, number, RIGHT - number.width, last, height));
    }
    const box = { x: LEFT + indent, y: paper.y, width: WIDTH - indent, height: lines.length * height };
    link.link(box, { place: placeOf(index), words: onOneLine(wordsOf(section.heading)) });
    link.end();
    item.end();
    paper.y += lines.length * height + contents.after - 1;
  }
  toc.end();
}

export function wordsOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

function drawLeader({ pdf }: Paper, from: number, to: number, y: number): void {
  if (to - from < 8) return;
  pdf.save().lineWidth(0.6).strokeColor(colours.rule).dash(0.6, { space: 3 });
  // From the right, so that the dots of all lines stand under one another.
  pdf.moveTo(to, y).lineTo(from, y).stroke().undash().restore();
}
