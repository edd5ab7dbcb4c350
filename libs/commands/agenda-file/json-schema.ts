import { z } from 'zod';
import { agendaFile } from './schema.js';

/** The agenda file's shape as a JSON Schema (draft 7, which YAML editors read), in the bytes of `agendas/agenda.schema.json`. */
export function agendaFileJsonSchema(): string {
  const { $schema, ...shape } = z.toJSONSchema(agendaFile, { io: 'input', target: 'draft-7' });
  return `${JSON.stringify({ $schema, title: 'The agenda of a chairmanship', ...shape }, null, 2)}\n`;
}
