import autocannon from 'autocannon';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '#access/issue-token.js';
import { localKey } from '#access/local-key.js';
import { startProgram, type Program } from '#platform/testing/program.js';
import { onDurableDatabase } from './durable-database.js';
import { compare, type Measured } from './measure.js';

export const name = 'http-command';

/** Each on a connection of its own. */
const CALLERS = 16;
const REQUESTS = 1_000;
/** 60 % of the floor's throughput. */
const AT_MOST = 1 / 0.6;

/** Both services in processes of their own on the same cluster; this process only asks. */
export async function run(): Promise<Measured[]> {
  const data = mkdtempSync(join(tmpdir(), 'mindet-bench-key-'));
  const token = await issueToken({ role: 'chair' }, await localKey(data), new Date());
  try {
    return await onDurableDatabase(async (url) => {
      const environment = {
        DATABASE_URL: url,
        MINDET_DATA: data,
        PORT: '0',
        AGENDA: 'none',
        PROJECTOR: 'apart',
        RATE_LIMIT_PER_MINUTE: '0',
      };
      const services = [startProgram('apps/api/main.ts', [], environment), startProgram('bench/floor-service/main.ts', [], environment)] as const;
      try {
        const [ours, floor] = await Promise.all(services.map(addressOf));
        return [await compareCommands(ours!, floor!, token)];
      } finally {
        for (const service of services) service.signal('SIGTERM');
        await Promise.all(services.map(({ ended }) => ended));
      }
    });
  } finally {
    rmSync(data, { recursive: true });
  }
}

const addressOf = async (program: Program): Promise<string> => (await program.said(/serves (http:\S+)/))[1]!;

async function compareCommands(ours: string, floor: string, token: string): Promise<Measured> {
  let agendas = 0;
  return compare({
    name: `command over HTTP, ${CALLERS} callers`,
    unit: 'request',
    operations: REQUESTS,
    atMost: AT_MOST,
    // Numbers of priorities are taken once in an agenda.
    prepare: () => post(`${ours}/v1/agendas`, token, 1, () => agenda(`bench-${(agendas += 1)}`)),
    ours: () => post(`${ours}/v1/agendas/bench-${agendas}/priorities`, token, REQUESTS, priority),
    floor: () => post(`${floor}/v1/rows`, token, REQUESTS, (number) => ({ number })),
  });
}

async function post(url: string, token: string, amount: number, bodyOf: (n: number) => object): Promise<void> {
  let n = 0;
  const result = await autocannon({
    url,
    amount,
    connections: Math.min(CALLERS, amount),
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

const agenda = (id: string) => ({
  id,
  organisation: 'CSTO',
  chair: 'KZ',
  title: { ru: 'Приоритеты председательства' },
  term: { from: '2024-01-01', to: '2024-12-31' },
  memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
  reportingPeriods: [{ id: '2024', from: '2024-01-01', to: '2024-12-31', due: '2025-01-15' }],
});

const priority = (number: number) => ({
  number,
  title: { ru: 'Развитие военного сотрудничества', kk: 'Әскери ынтымақтастықты дамыту', en: 'Developing military cooperation' },
  source: 'https://www.akorda.kz/ru',
});
