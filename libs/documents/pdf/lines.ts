import type { Language } from '#domain/vocabulary.js';
import { DESIGN, type TextStyle } from '../design.js';
import type { Run } from '../document.js';
import { faceOf, type Face, type Fonts } from './fonts.js';

/** A stretch of a line in one face. */
export type Piece = {
  text: string;
  width: number;
  readonly x: number;
  readonly face: Face;
  readonly size: number;
  readonly colour: string;
  readonly language?: Language;
  readonly link?: string;
};
/** Its width is without the spaces at its end. */
export type Line = { readonly pieces: Piece[]; width: number };

type Fragment = { readonly text: string; readonly run: Run; readonly face: Face };

/**
 * A dash stays with the word before it, and a Russian word of one letter with the word after it; a word may end at a space, a
 * hyphen, a dash or a slash.
 */
const FRAGMENTS = /\n|(?:[авикосуяАВИКОСУЯ] )*[^ \n\-–—/]*(?: [—–](?= ))?[-–—/]*[ ]*/gu;
const LETTERS = /\P{M}\p{M}*|\p{M}+/gu;

/** Runs in lines of a width in points. A word wider than a line is broken between letters; no line is without a letter. */
export function breakLines(fonts: Fonts, runs: readonly Run[], style: TextStyle, width: number): readonly Line[] {
  const { size, colour } = DESIGN.text[style];
  const lines: Line[] = [];
  let line: Line = { pieces: [], width: 0 };
  let x = 0;
  const turn = (): void => {
    lines.push(line);
    line = { pieces: [], width: 0 };
    x = 0;
  };
  const put = ({ run, face }: Fragment, text: string): void => {
    const advance = fonts.width(text, face, size);
    const bare = text.trimEnd();
    if (bare !== '') line.width = x + (bare === text ? advance : fonts.width(bare, face, size));
    const last = line.pieces.at(-1);
    if (last !== undefined && last.face === face && owners.get(last) === run) {
      last.text += text;
      last.width += advance;
    } else {
      const link = addressOf(run.link);
      const piece: Piece = {
        text,
        width: advance,
        x,
        face,
        size,
        colour: link !== undefined ? DESIGN.colours.accent : run.style === 'quiet' ? DESIGN.colours.quiet : DESIGN.colours[colour],
        ...(run.language === undefined ? {} : { language: run.language }),
        ...(link === undefined ? {} : { link }),
      };
      owners.set(piece, run);
      line.pieces.push(piece);
    }
    x += advance;
  };
  const owners = new Map<Piece, Run>();

  for (const word of wordsOf(fonts, runs, style)) {
    if (word[0]?.text === '\n') {
      turn();
      continue;
    }
    const whole = word.reduce((sum, { text, face }, index) => sum + fonts.width(index === word.length - 1 ? text.trimEnd() : text, face, size), 0);
    if (x > 0 && x + whole > width) turn();
    if (whole <= width) {
      for (const fragment of word) put(fragment, fragment.text);
      continue;
    }
    for (const fragment of word) {
      // Letters are gathered first, as a piece for each would be slow and lose its kerning.
      let part = '';
      let wide = x;
      for (const [letter] of fragment.text.matchAll(LETTERS)) {
        const advance = fonts.width(letter, fragment.face, size);
        if (letter !== ' ' && wide > 0 && wide + advance > width) {
          if (part !== '') put(fragment, part);
          turn();
          part = '';
          wide = 0;
        }
        part += letter;
        wide += advance;
      }
      if (part !== '') put(fragment, part);
    }
  }
  if (line.pieces.length > 0 || lines.length === 0) turn();
  return lines;
}

function wordsOf(fonts: Fonts, runs: readonly Run[], style: TextStyle): readonly (readonly Fragment[])[] {
  const words: Fragment[][] = [];
  let open = false;
  for (const run of runs) {
    const face = faceOf(style, run.style);
    for (const stretch of fonts.spelled(run.text, face)) {
      for (const [text] of stretch.text.matchAll(FRAGMENTS)) {
        if (text === '') continue;
        if (open && text !== '\n') words.at(-1)?.push({ text, run, face: stretch.face });
        else words.push([{ text, run, face: stretch.face }]);
        open = !/[ \n\-–—/]$/u.test(text);
      }
    }
  }
  return words;
}

/** Only an address of the web becomes a link; anything else stays text. */
function addressOf(link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
