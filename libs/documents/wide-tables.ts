import type { Table } from './document.js';

/** Columns that a page holds side by side and that are still read with ease. */
const MOST = 9;
/** Those that say which row it is, and stand in every part. */
const NAMING = 2;

/** A table too wide for a page as several, one after another, each with the columns that name its rows. */
export function partsOf(table: Table): readonly Table[] {
  const { id, caption, columns, rows } = table;
  if (columns.length <= MOST) return [table];
  const each = MOST - NAMING;
  const parts = Math.ceil((columns.length - NAMING) / each);
  return Array.from({ length: parts }, (_, part) => {
    const pick = <T>(all: readonly T[]): T[] => [...all.slice(0, NAMING), ...all.slice(NAMING + part * each, NAMING + (part + 1) * each)];
    return { ...table, id: `${id}-${part + 1}`, caption: `${caption} (${part + 1}/${parts})`, columns: pick(columns), rows: rows.map(pick) };
  });
}
