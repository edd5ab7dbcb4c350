import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  /** What the pattern finds in the standard output, as soon as it is there. @throws {Error} the program ended without it */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it has ended and all that it printed was read. */
  readonly ended: Promise<Ending>;
}

/**
 * Starts a program from its TypeScript source in a process of its own.
 * @param source path in the repository, as `apps/cli/main.ts`
 * @param environment all that the program finds there, beside what any program needs
 */
export function startProgram(source: string, args: readonly string[], environment: Readonly<Record<string, string>>): Program {
  const root = packageRoot();
  const child = spawn(process.execPath, ['--import', join(root, 'typescript.js'), join(root, source), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (printed[name] += text));
  }
  const ended = new Promise<Ending>((resolve) => child.once('close', (code) => resolve({ code, ...printed })));
  return {
    ended,
    signal: (signal) => void child.kill(signal),
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(printed.stdout);
          if (!found) return;
          child.stdout.off('data', look);
          resolve(found);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ stdout, stderr }) => reject(new Error(`it ended and never said ${pattern}:\n${stdout}${stderr}`)));
      }),
  };
}
