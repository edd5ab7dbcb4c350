import { startProgram, type Ending } from '#platform/testing/program.js';

/** The command line, run to its end in a process of its own. */
export const mindet = (args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ending> =>
  startProgram('apps/cli/main.ts', args, environment).ended;
