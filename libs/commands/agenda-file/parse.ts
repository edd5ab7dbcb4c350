import type { z } from 'zod';
import { AgendaFileError, type AgendaFileProblem, type DocumentPath } from './problems.js';
import { rehearse } from './rehearsal.js';
import { agendaFile, type AgendaFile } from './schema.js';
import { readYaml } from './source.js';
import { agendaSteps } from './steps.js';

/**
 * Reads the text of an agenda file; `path` only names it. First it must be sound YAML, then have the shape of an agenda,
 * then say what the domain would take: the first of the three that fails tells all that it finds.
 * @throws {AgendaFileError}
 */
export function parseAgendaFile(text: string, path: string): AgendaFile {
  const { source, refuse, said } = parseShape(agendaFile, text, path);
  const refusals = rehearse(agendaSteps(said), said.registeredBodies ?? []);
  if (refusals.length > 0) return refuse(refusals.map(({ path: at, detail }) => source.problemAt(at, detail)));
  return said;
}

/**
 * Sound YAML of a shape.
 * @throws {AgendaFileError} it is not
 */
export function parseShape<Shape extends z.ZodType>(shape: Shape, text: string, path: string) {
  const source = readYaml(text, path);
  const refuse = (problems: readonly AgendaFileProblem[]): never => {
    throw new AgendaFileError(path, problems.toSorted((a, b) => a.line - b.line || a.column - b.column));
  };

  const parsed = shape.safeParse(source.value, { error: wording });
  if (!parsed.success) return refuse(parsed.error.issues.flatMap(places).map(([at, message]) => source.problemAt(at, message)));
  return { source, refuse, said: parsed.data };
}

/** Each unknown key is wrong where it stands; anything else at its own path. */
function places(issue: z.core.$ZodIssue): readonly [DocumentPath, string][] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [[...path, key], issue.message]) : [[path, issue.message]];
}

/** What is wrong, in words that follow the path; where a rule of the schema brings its own, those hold. */
const wording: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'is not known here';
    case 'invalid_value':
      return issue.input === undefined ? MISSING : `must be one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? MISSING : `must be ${NAMES[issue.expected] ?? issue.expected}`;
    default:
      return undefined;
  }
};

const MISSING = 'is missing';
const NAMES: Record<string, string> = {
  string: 'text (a number or a word such as true or null is text only in quotes)',
  number: 'a whole number',
  int: 'a whole number',
  array: 'a list',
  object: 'a mapping of keys to values',
};
