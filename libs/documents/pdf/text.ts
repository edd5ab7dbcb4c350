import { DESIGN, type TextStyle } from '../design.js';
import type { Run } from '../document.js';
import { breakLines, type Line, type Piece } from './lines.js';
import { BOTTOM, drawLine, lineHeight, type Paper } from './paper.js';
import type { Tag } from './structure.js';

/** Lines below one another, each piece under its own tag where it is a link or in another language. */
export function drawLines(paper: Paper, lines: readonly Line[], tag: Tag, x: number, top: number, height: number, place?: (line: Line) => number): void {
  let plain: (() => void)[] = [];
  const flush = (): void => {
    const draws = plain;
    plain = [];
    if (draws.length > 0) tag.mark(() => draws.forEach((draw) => draw()));
  };
  for (const [index, line] of lines.entries()) {
    const left = x + (place?.(line) ?? 0);
    const y = top + index * height;
    for (const piece of line.pieces) {
      const draw = (): void => drawLine(paper, line, left, y, height, [piece]);
      if (piece.link === undefined && (piece.language === undefined || piece.language === paper.language)) plain.push(draw);
      else {
        flush();
        drawTagged(tag, piece, draw, { x: left + piece.x, y, width: piece.width, height });
      }
    }
  }
  flush();
}

function drawTagged(tag: Tag, piece: Piece, draw: () => void, box: { x: number; y: number; width: number; height: number }): void {
  const inner = tag.child(piece.link === undefined ? 'Span' : 'Link', piece.language === undefined ? {} : { lang: piece.language });
  inner.mark(draw);
  if (piece.link !== undefined) inner.link(box, { address: piece.link, words: piece.link });
  inner.end();
}

/** A text that flows over pages; no page ends with its first line alone, and none begins with its last. */
export function flowText(paper: Paper, runs: readonly Run[], style: TextStyle, tag: Tag, x: number, width: number): void {
  const { before, after } = DESIGN.text[style];
  const height = lineHeight(style);
  let lines = breakLines(paper.fonts, runs, style, width);
  if (paper.y > 0) paper.y += before;
  while (lines.length > 0) {
    const fit = fitting(lines.length, Math.floor((BOTTOM - paper.y) / height));
    if (fit > 0) drawLines(paper, lines.slice(0, fit), tag, x, paper.y, height);
    paper.y += fit * height;
    lines = lines.slice(fit);
    if (lines.length > 0) paper.turn();
  }
  paper.y += after;
}

/** How many of the lines stay on this page. */
function fitting(lines: number, room: number): number {
  if (lines <= room) return lines;
  const kept = lines - room === 1 ? room - 1 : room;
  return kept < 2 ? 0 : kept;
}
