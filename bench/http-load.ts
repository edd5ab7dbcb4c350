import autocannon from 'autocannon';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '#access/issue-token.js';
import { localKey } from '#access/local-key.js';
import { startProgram } from '#platform/testing/program.js';
import { onDurableDatabase } from './durable-database.js';

export type Served = {
  /** The address of each service, in the order of the sources. */
  readonly addresses: readonly string[];
  /** A chair's token, which all of them believe. */
  readonly token: string;
};

/** Runs `work` beside services in processes of their own, all on one durable database. */
export async function beside<T>(
  sources: readonly string[],
  environment: Readonly<Record<string, string>>,
  work: (served: Served) => Promise<T>,
): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'mindet-bench-key-'));
  try {
    const token = await issueToken({ role: 'chair' }, await localKey(data), new Date());
    return await onDurableDatabase(async (url) => {
      const common = { DATABASE_URL: url, MINDET_DATA: data, PORT: '0', AGENDA: 'none', RATE_LIMIT_PER_MINUTE: '0', ...environment };
      const programs = sources.map((source) => startProgram(source, [], common));
      try {
        const addresses = await Promise.all(programs.map(async ({ said }) => (await said(/serves (http:\S+)/))[1]!));
        return await work({ addresses, token });
      } finally {
        for (const program of programs) program.signal('SIGTERM');
        await Promise.all(programs.map(({ ended }) => ended));
      }
    });
  } finally {
    rmSync(data, { recursive: true });
  }
}

type Load = {
  readonly url: string;
  readonly token: string;
  readonly bodyOf: (n: number) => object;
  readonly amount: number;
  /** Requests at once, each caller on a connection of its own. */
  readonly callers: number;
  /** Requests a second, where they are not to come as fast as they are answered. */
  readonly rate?: number;
};

/** @throws {Error} a request was not answered with success */
export async function post({ url, token, bodyOf, amount, callers, rate }: Load): Promise<void> {
  let n = 0;
  const result = await autocannon({
    url,
    amount,
    connections: Math.min(callers, amount),
    ...(rate !== undefined && { overallRate: rate }),
    // It looks whether all is answered once in so many milliseconds, which bounds the precision.
    sampleInt: 5,
    requests: [
      {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: JSON.stringify(bodyOf((n += 1))) }),
      },
    ],
  });
  if (result['2xx'] !== amount) throw new Error(`${url}: of ${amount} requests ${result['2xx']} succeeded`);
}

/** Opens an agenda, in which priorities may then be proposed. */
export const openAgenda = (address: string, token: string, id: string): Promise<void> =>
  post({ url: `${address}/v1/agendas`, token, amount: 1, callers: 1, bodyOf: () => agenda(id) });

const agenda = (id: string) => ({
  id,
  organisation: 'CSTO',
  chair: 'KZ',
  title: { ru: 'Приоритеты председательства' },
  term: { from: '2024-01-01', to: '2024-12-31' },
  memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
  reportingPeriods: [{ id: '2024', from: '2024-01-01', to: '2024-12-31', due: '2025-01-15' }],
});

export const priority = (number: number) => ({
  number,
  title: { ru: 'Развитие военного сотрудничества', kk: 'Әскери ынтымақтастықты дамыту', en: 'Developing military cooperation' },
  source: 'https://www.akorda.kz/ru',
});
