import { DESIGN } from '../design.js';
import { fit } from '../plain-text.js';

/** Pixels of a chart's width: the width of the text, at 96 to the inch. */
export const WIDTH = 620;
export const TEXT_SIZE = 11;

const { ink, quiet, accent, rule } = DESIGN.colours;
export const COLOURS = { ink, quiet, accent, rule };

export const escaped = (text: string): string => fit(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** To a tenth of a pixel, so that the same drawing is the same text everywhere. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);

type Anchor = 'start' | 'middle' | 'end';

export const label = (x: number, y: number, text: string, { anchor = 'start', fill = ink, size = TEXT_SIZE }: { anchor?: Anchor; fill?: string; size?: number } = {}): string =>
  `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchor}" font-size="${size}" fill="${fill}">${escaped(text)}</text>`;

export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, width = 1): string =>
  `<line x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}" stroke="${colour}" stroke-width="${width}"/>`;

/** A whole drawing: the title and the words for those who do not see it stand first. */
export const drawing = (height: number, id: string, title: string, alternative: string, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${escaped(id)}-title ${escaped(id)}-words" viewBox="0 0 ${WIDTH} ${px(height)}" width="${WIDTH}" height="${px(height)}" font-family="Noto Sans, Arial, sans-serif"><title id="${escaped(id)}-title">${escaped(title)}</title><desc id="${escaped(id)}-words">${escaped(alternative)}</desc>${parts.join('')}</svg>`;

/** An estimate that is never too small for the letters of the three languages. */
const widthOf = (text: string, size: number): number => [...text].length * size * 0.58;

/** At most so many lines that fit; what does not ends with an ellipsis. */
export function wrapped(text: string, width: number, most: number, size = TEXT_SIZE): string[] {
  const lines: string[] = [];
  let rest = fit(text).replaceAll(/\s+/g, ' ').trim();
  while (rest !== '') {
    const room = Math.max(1, Math.floor(width / (size * 0.58)));
    const letters = [...rest];
    if (widthOf(rest, size) <= width) return [...lines, rest];
    if (lines.length === most - 1) return [...lines, `${letters.slice(0, room - 1).join('').trimEnd()}…`];
    const cut = letters.slice(0, room + 1).join('').lastIndexOf(' ');
    const taken = cut > 0 ? rest.slice(0, cut) : letters.slice(0, room).join('');
    lines.push(taken);
    rest = rest.slice(taken.length).trimStart();
  }
  return lines;
}
