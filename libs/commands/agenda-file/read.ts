import { readFile } from 'node:fs/promises';
import { parseAgendaFile } from './parse.js';
import { AgendaFileError } from './problems.js';
import { agendaSteps, type Step } from './steps.js';

/** @throws {AgendaFileError} the file cannot be read, or is no agenda; nothing of it has been taken yet */
export async function readAgendaSteps(path: string): Promise<readonly Step[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AgendaFileError(path, [{ line: 1, column: 1, pointer: '', message: `cannot be read: ${(error as Error).message}` }]);
  }
  return agendaSteps(parseAgendaFile(text, path));
}
