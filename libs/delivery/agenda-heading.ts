import type { LocalisedText } from '#domain/values.js';
import { agenda } from '#projections/agendas.js';
import { rowAt, type Reading } from '#queries/rows.js';

/** What a letter says of an agenda. */
export type Agenda = { readonly organisation: string; readonly title: LocalisedText };

/** @throws {Error} there was none at the moment */
export async function agendaHeading(reading: Reading, id: string): Promise<Agenda> {
  const row = await rowAt(reading, agenda, { id });
  if (!row) throw new Error(`the read side has no agenda ${id} at position ${reading.at.position}`);
  return { organisation: row.organisation, title: row.title };
}
