import type { Cell, Run } from './document.js';

/** What neither XML nor a terminal takes: control characters but tabs and line breaks, halves of surrogate pairs, non-characters. */
const UNFIT = /[^\P{Cc}\n\t]|[\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/gu;

/** The text with what no format can hold replaced. */
export const fit = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').toWellFormed().replace(UNFIT, '\uFFFD');

export const textOf = (runs: readonly Run[]): string => fit(runs.map(({ text }) => text).join(''));

/** A cell as a text; the empty one as nothing. */
export const cellText = (cell: Cell): string => (cell === null ? '' : typeof cell === 'object' ? textOf(cell) : fit(String(cell)));
