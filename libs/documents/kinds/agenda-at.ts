import { readAgenda } from '#queries/agendas.js';
import { inAllLanguages, type InAllLanguages } from '#queries/language.js';
import type { Reading } from '#queries/rows.js';

export type Agenda = InAllLanguages<NonNullable<Awaited<ReturnType<typeof readAgenda>>>>;
export type Priority = Agenda['priorities'][number];
export type Commitment = Priority['commitments'][number];

/** The whole agenda at the moment, for the viewer, its texts in every language. `undefined` where there was none. */
export async function agendaAt(reading: Reading, id: string): Promise<Agenda | undefined> {
  const agenda = await readAgenda(reading, id);
  return agenda && inAllLanguages(agenda);
}
