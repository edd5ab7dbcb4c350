import type { Cell, Column, Document, Table } from './document.js';

/** One sheet of a workbook, or one CSV file. */
export type Sheet = { readonly id: string; readonly name: string; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] };

/** The tables of a document; those that follow one another with the same columns are one, as the commitments of all priorities are. */
export function sheetsOf({ sections }: Document): readonly Sheet[] {
  const tables = sections.flatMap(({ blocks }) => blocks.filter((block): block is Table => block.block === 'table'));
  const sheets: Sheet[] = [];
  for (const { id, caption, columns, rows } of tables) {
    const last = sheets.at(-1);
    if (last && isAlike(last.columns, columns)) sheets[sheets.length - 1] = { ...last, name: withoutNumber(last.name), rows: [...last.rows, ...rows] };
    else sheets.push({ id, name: caption, columns, rows });
  }
  return sheets;
}

const isAlike = (a: readonly Column[], b: readonly Column[]): boolean => a.length === b.length && a.every(({ heading, of }, n) => heading === b[n]!.heading && of === b[n]!.of);

const withoutNumber = (name: string): string => name.replace(/,? [\w.-]*\d[\w.-]*$/u, '');
