import type { Language } from '#domain/vocabulary.js';
import { DESIGN } from '../design.js';
import { WORDS } from '../words.js';
import { breakLines, type Line } from './lines.js';
import { faceOf, type Fonts } from './fonts.js';
import { UNDRAWN, type Tag } from './structure.js';

const MILLIMETRE = 72 / 25.4;
export const millimetres = (length: number): number => length * MILLIMETRE;

const { page: sheet, colours } = DESIGN;
export const PAGE = { width: millimetres(sheet.width), height: millimetres(sheet.height) } as const;
export const LEFT = millimetres(sheet.margins.left);
export const RIGHT = PAGE.width - millimetres(sheet.margins.right);
export const TOP = millimetres(sheet.margins.top);
export const BOTTOM = PAGE.height - millimetres(sheet.margins.bottom);
export const WIDTH = RIGHT - LEFT;

/** Pages, drawn or only counted, and the place on them where the next thing goes. */
export type Paper = {
  readonly fonts: Fonts;
  readonly language: Language;
  readonly pdf: PDFKit.PDFDocument;
  readonly tags: Tag;
  readonly drawn: boolean;
  page: number;
  y: number;
  /** The next page, with its running header and its number. */
  turn(): void;
  /** Drawn, but not read aloud: lines, tints, what is repeated on every page. */
  artifact(draw: () => void, type?: 'Layout' | 'Pagination'): void;
};

export type Edges = { readonly runningHeader: string; readonly pages: number };

/** Pages that are only counted have no edges: they cannot say of how many they are. */
export function paperOf(pdf: PDFKit.PDFDocument, fonts: Fonts, language: Language, tags: Tag, edges: Edges | undefined): Paper {
  const paper: Paper = {
    fonts,
    language,
    pdf,
    tags: edges === undefined ? UNDRAWN : tags,
    drawn: edges !== undefined,
    page: 0,
    y: TOP,
    turn: () => {
      paper.page += 1;
      paper.y = TOP;
      if (edges === undefined) return;
      pdf.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
      if (paper.page > 1) drawEdges(paper, edges);
    },
    artifact: (draw, type = 'Layout') => {
      if (edges === undefined) return;
      pdf.markContent('Artifact', { type });
      draw();
      pdf.endMarkedContent();
    },
  };
  return paper;
}

export function lineHeight(style: keyof typeof DESIGN.text): number {
  return DESIGN.text[style].size * DESIGN.text[style].line;
}

/** One line, its pieces as they are; tags are the caller's. */
export function drawLine({ pdf, fonts }: Paper, line: Line, x: number, y: number, height: number, pieces = line.pieces): void {
  for (const piece of pieces) {
    const drop = fonts.drop(piece.face, piece.size, height);
    pdf.font(piece.face).fontSize(piece.size).fillColor(piece.colour).text(piece.text, x + piece.x, y + drop, { lineBreak: false });
  }
}

export function drawRule({ pdf }: Paper, y: number, width: number, colour: string, from = LEFT, to = RIGHT): void {
  pdf.lineWidth(width).strokeColor(colour).moveTo(from, y).lineTo(to, y).stroke();
}

function drawEdges(paper: Paper, { runningHeader, pages }: Edges): void {
  paper.artifact(() => {
    const height = lineHeight('edge');
    const head = ended(paper, runningHeader);
    const top = millimetres(sheet.header);
    if (head !== undefined) drawLine(paper, head, LEFT, top, height);
    drawRule(paper, top + height + 4, DESIGN.table.rule, colours.rule);
    const [foot] = breakLines(paper.fonts, [{ text: WORDS[paper.language].pageOf(paper.page, pages) }], 'edge', WIDTH);
    if (foot !== undefined) drawLine(paper, foot, RIGHT - foot.width, PAGE.height - millimetres(sheet.footer) - height, height);
  }, 'Pagination');
}

/** The running header has one line; what does not fit ends in `…`. */
function ended(paper: Paper, text: string): Line | undefined {
  const room = WIDTH - paper.fonts.width('…', faceOf('edge'), DESIGN.text.edge.size);
  const [first, ...more] = breakLines(paper.fonts, [{ text: text.slice(0, 500) }], 'edge', room);
  if (first === undefined || more.length === 0) return first;
  return breakLines(paper.fonts, [{ text: `${first.pieces.map((piece) => piece.text).join('').trimEnd()}…` }], 'edge', WIDTH)[0];
}
