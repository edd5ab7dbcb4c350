import ExcelJS from 'exceljs';
import { DESIGN } from './design.js';
import type { Cell, Column, Document } from './document.js';
import { cellText, fit } from './plain-text.js';
import { settledZip } from './settled-zip.js';
import { sheetsOf } from './sheets.js';

/** What a cell of a workbook holds at most. */
const LONGEST = 32_767;
/** Characters of width that a share of a table's width comes to. */
const WIDTH = 7;

/**
 * A workbook: what it is on the first sheet, then a sheet for each table, with frozen header and filters. Cells have their types, and no text is
 * ever a formula. The same document gives the same bytes.
 */
export async function renderXlsx(document: Document): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const at = new Date(document.moment);
  Object.assign(workbook, { creator: 'Mindet', lastModifiedBy: 'Mindet', created: at, modified: at, title: fit(document.title), subject: fit(document.subtitle ?? ''), company: fit(document.organisation) });
  const names = new Set<string>();
  addCover(workbook, document, nameFor(document.title, names));
  for (const { name, columns, rows } of sheetsOf(document)) addTable(workbook, nameFor(name, names), columns, rows);
  return settledZip(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

function addCover(workbook: ExcelJS.Workbook, { title, subtitle = '', organisation, facts }: Document, name: string): void {
  const sheet = workbook.addWorksheet(name, { pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 } });
  sheet.columns = [{ width: 34 }, { width: 90 }];
  sheet.addRow([fit(organisation)]);
  sheet.addRow([fit(title)]).font = { bold: true, size: 16 };
  for (const line of subtitle.split('\n')) sheet.addRow([fit(line)]);
  sheet.addRow([]);
  for (const { label, value } of facts) sheet.addRow([fit(label), fit(value)]).alignment = { wrapText: true, vertical: 'top' };
}

function addTable(workbook: ExcelJS.Workbook, name: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '1:1' },
  });
  sheet.columns = columns.map(({ share, of }) => ({
    width: Math.max(8, share * WIDTH),
    style: { alignment: { vertical: 'top', wrapText: of === 'text' }, ...(FORMATS[of] && { numFmt: FORMATS[of] }) },
  }));
  const header = sheet.addRow(columns.map(({ heading }) => fit(heading)));
  header.font = { bold: true, color: { argb: `FF${DESIGN.colours.accent.slice(1).toUpperCase()}` } };
  header.alignment = { vertical: 'top', wrapText: true };
  for (const row of rows) sheet.addRow(row.map((cell, n) => valueOf(cell, columns[n]!)));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
}

const FORMATS: Partial<Record<Column['of'], string>> = { percent: '0%', date: 'yyyy-mm-dd' };

/** Texts go in as texts: exceljs makes formulas of objects alone. */
function valueOf(cell: Cell, { of }: Column): string | number | Date | null {
  if (cell === null) return null;
  if (typeof cell === 'number') return of === 'percent' ? cell / 100 : cell;
  if (of === 'date' && typeof cell === 'string' && !Number.isNaN(Date.parse(cell))) return new Date(`${cell}T00:00:00Z`);
  const text = cellText(cell);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text;
}

/** At most 31 characters, none that a sheet's name may not have, and no other sheet's. */
function nameFor(wanted: string, taken: Set<string>): string {
  const base = fit(wanted).replaceAll(/[\\/*?:[\]\n\t]/g, ' ').trim().slice(0, 31).toWellFormed().replaceAll(/^['\s]+|['\s]+$/g, '') || 'Mindet';
  // Excel keeps this one for itself.
  if (base.toLowerCase() === 'history') return nameFor(`${base} 1`, taken);
  let name = base;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base.slice(0, 28)} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
