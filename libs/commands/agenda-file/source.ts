import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { AgendaFileError, toPointer, type AgendaFileProblem, type DocumentPath } from './problems.js';

/** A YAML text as a tree of plain values that remembers where each came from. */
export type Source = {
  readonly value: unknown;
  /** What is wrong at a path; where the path leads nowhere, at the deepest place on it that the text has. */
  problemAt(path: DocumentPath, message: string): AgendaFileProblem;
};

/**
 * One YAML 1.2 document (core schema: dates stay text, `NO` is Norway) with unique text keys. Aliases are refused: a file
 * says what it means where it means it, and nothing can unfold beyond its own size.
 * @throws {AgendaFileError}
 */
export function readYaml(text: string, path: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const problem = (offset: number, pointer: string, message: string): AgendaFileProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, pointer, message };
  };

  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => problem(pos[0], '', message));
  visit(document, {
    Alias: (_key, { range, source }) => {
      problems.push(problem(range?.[0] ?? 0, '', `*${source}: aliases are not allowed; write the value out`));
    },
  });
  if (problems.length > 0) throw new AgendaFileError(path, problems.sort((a, b) => a.line - b.line || a.column - b.column));

  return {
    value: document.toJS(),
    problemAt: (steps, message) => problem(offsetOf(document.contents, steps), toPointer(steps), message),
  };
}

/** Where the value at the path is named: the key of a mapping's member, the start of a list's item. */
function offsetOf(root: unknown, steps: DocumentPath): number {
  let node = root;
  let offset = startOf(root) ?? 0;
  for (const step of steps) {
    if (isMap(node)) {
      const member = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!member) break;
      offset = startOf(member.key) ?? offset;
      node = member.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

const startOf = (node: unknown): number | undefined =>
  isMap(node) || isSeq(node) || isScalar(node) ? (node.range?.[0] ?? undefined) : undefined;
