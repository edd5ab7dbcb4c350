import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DESIGN, type TextStyle } from '../design.js';
import type { Run } from '../document.js';
import { FONT_FILES } from '../fonts.js';
import { legible } from './legible.js';

const { resolve } = createRequire(import.meta.url);
const { sans, serif } = DESIGN.fonts;
const FACES = {
  serif: FONT_FILES[serif.family].normal,
  'serif-strong': FONT_FILES[serif.family].bold,
  'serif-emphasis': FONT_FILES[serif.family].italics,
  sans: FONT_FILES[sans.family].normal,
  'sans-strong': FONT_FILES[sans.family].bold,
  'sans-emphasis': FONT_FILES[sans.family].italics,
  symbols: resolve('@expo-google-fonts/noto-sans-math/400Regular/NotoSansMath_400Regular.ttf'),
  armenian: resolve('@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf'),
} as const;
export type Face = keyof typeof FACES;

/** Where letters are looked for that a face has not: arrows and signs (its Arabic letters are for formulas), and the letters of Armenia. */
const OTHERWISE: readonly { readonly face: Face; readonly of: RegExp }[] = [
  { face: 'symbols', of: /[\p{S}\p{P}\p{N}]/u },
  { face: 'armenian', of: /\p{Script=Armenian}/u },
];

/** What pdfkit keeps of an embedded font. */
type Embedded = {
  readonly ascender: number;
  readonly descender: number;
  readonly font: { hasGlyphForCodePoint(codePoint: number): boolean };
  layoutCache: Record<string, unknown>;
};
type WithFont = PDFKit.PDFDocument & { readonly _font: Embedded };

/** Unbounded, pdfkit's shaped words and our widths of them would take gigabytes for a hundred thousand rows. */
const MOST_WORDS = 20_000;

export type Fonts = {
  /** The text in stretches of one face each, with U+FFFD for what no face has, as archives forbid the empty box. */
  spelled(text: string, face: Face): readonly { readonly text: string; readonly face: Face }[];
  /** In points. */
  width(text: string, face: Face, size: number): number;
  /** From the top of a line of that height to where pdfkit starts a text. */
  drop(face: Face, size: number, height: number): number;
  readonly has: (letter: string, face: Face) => boolean;
};

export function registerFonts(pdf: PDFKit.PDFDocument): Fonts {
  const known = new Map<Face, { embedded: Embedded; widths: Map<string, number>; letters: Map<string, boolean> }>();
  const open = (face: Face) => {
    let found = known.get(face);
    pdf.font(face);
    if (found === undefined) known.set(face, (found = { embedded: (pdf as WithFont)._font, widths: new Map(), letters: new Map() }));
    return found;
  };
  for (const [face, file] of Object.entries(FACES)) pdf.registerFont(face, bytesOf(file));
  const has = (letter: string, face: Face): boolean => {
    const known = open(face);
    let found = known.letters.get(letter);
    if (found === undefined) known.letters.set(letter, (found = known.embedded.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)));
    return found;
  };
  return {
    has,
    spelled: (text, face) => {
      const stretches: { text: string; face: Face }[] = [];
      for (const letter of legible(text)) {
        const other = letter === '\n' || has(letter, face) ? face : OTHERWISE.find((candidate) => candidate.of.test(letter) && has(letter, candidate.face))?.face;
        const last = stretches.at(-1);
        const drawn = other === undefined ? '\ufffd' : letter;
        if (last !== undefined && last.face === (other ?? face)) last.text += drawn;
        else stretches.push({ text: drawn, face: other ?? face });
      }
      return stretches;
    },
    width: (text, face, size) => {
      const { embedded, widths } = open(face);
      let width = widths.get(text);
      if (width === undefined) {
        if (widths.size >= MOST_WORDS) {
          widths.clear();
          embedded.layoutCache = Object.create(null) as Record<string, unknown>;
        }
        widths.set(text, (width = pdf.fontSize(1000).widthOfString(text)));
      }
      return (width * size) / 1000;
    },
    drop: (face, size, height) => {
      const { ascender, descender } = open(face).embedded;
      return (height - ((ascender - descender) / 1000) * size) / 2;
    },
  };
}

export function faceOf(style: TextStyle, emphasis?: Run['style']): Face {
  const { font, weight } = DESIGN.text[style];
  if (emphasis === 'strong' || weight > 400) return `${font}-strong`;
  return emphasis === 'emphasis' ? `${font}-emphasis` : font;
}

const read = new Map<string, Buffer>();

function bytesOf(file: string): Buffer {
  let bytes = read.get(file);
  if (bytes === undefined) read.set(file, (bytes = readFileSync(file)));
  return bytes;
}
