import { issueToken, type TokenRequest } from '#access/issue-token.js';
import { localKey } from '#access/local-key.js';
import { startProgram, type Ending, type Program } from '#platform/testing/program.js';

export type ServiceProcess = {
  readonly program: Program;
  /** Resolves once it says that it serves. */
  readonly address: Promise<string>;
};

/** The service in a process of its own, at any free port. */
export function startServiceProcess(environment: Readonly<Record<string, string>>): ServiceProcess {
  const program = startProgram('apps/api/main.ts', [], { PORT: '0', RATE_LIMIT_PER_MINUTE: '0', ...environment });
  const address = program.said(/Mindet serves (http:\S+)/).then(([, url]) => url!);
  address.catch(() => {});
  return { program, address };
}

/** Ends it as a crash does: nothing is finished, nobody is told. */
export function crash({ program }: ServiceProcess): Promise<Ending> {
  program.signal('SIGKILL');
  return program.ended;
}

/** The value of an Authorization header, by the local key of the data folder. */
export async function bearer(dataFolder: string, actor: TokenRequest): Promise<string> {
  return `Bearer ${await issueToken(actor, await localKey(dataFolder), new Date())}`;
}
