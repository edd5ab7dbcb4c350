/** A place in the parsed document: keys and list indices from its root. */
export type DocumentPath = readonly (string | number)[];

export type AgendaFileProblem = {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** JSON Pointer to the value that is wrong, or to where one is missing. */
  readonly pointer: string;
  readonly message: string;
};

/** Everything found wrong with an agenda file; the message gives each problem a line, as `file:line:column: /pointer: message`. */
export class AgendaFileError extends Error {
  override readonly name = 'AgendaFileError';
  constructor(
    readonly path: string,
    readonly problems: readonly AgendaFileProblem[],
  ) {
    super(problems.map(({ line, column, pointer, message }) => `${path}:${line}:${column}: ${pointer && `${pointer}: `}${message}`).join('\n'));
  }
}

export const toPointer = (path: DocumentPath): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const fromPointer = (pointer: string): DocumentPath =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
