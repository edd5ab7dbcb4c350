import type { Cell, Document } from './document.js';
import { cellText, fit } from './plain-text.js';
import { sheetsOf } from './sheets.js';

/** What spreadsheets take for the beginning of a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One table as RFC 4180 has it, in UTF-8 with a byte order mark, by which spreadsheets know that. A text that a spreadsheet would take for a formula
 * has an apostrophe before it; numbers are what they are. Percents are plain numbers, 0 to 100; dates `YYYY-MM-DD`.
 * @param table its id; the first one where absent. `undefined` where there is none
 */
export function renderCsv(document: Document, table?: string): Uint8Array | undefined {
  const sheets = sheetsOf(document);
  const sheet = table === undefined ? sheets[0] : sheets.find(({ id }) => id === table);
  if (!sheet) return undefined;
  const lines = [sheet.columns.map(({ heading }) => quoted(fit(heading))), ...sheet.rows.map((row) => row.map(field))];
  return Buffer.from(`\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`, 'utf8');
}

function field(cell: Cell): string {
  const text = cellText(cell);
  return typeof cell === 'number' ? text : quoted(FORMULA.test(text) ? `'${text}` : text);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
