import { beside, openAgenda, post, priority } from './http-load.js';
import type { Measured } from './measure.js';

export const name = 'visible-row';

const CALLERS = 16;
const SAMPLES = 500;
const AT_MOST_MS = 100;
/** An agenda takes each number from 1 to this one once. */
const MOST_NUMBERS = 9_999;

/**
 * From the answer to a command until the answer to a read that shows it, of the whole service with its projector inside,
 * under half of the commands that it can take.
 */
export async function run(): Promise<Measured[]> {
  return beside(['apps/api/main.ts'], {}, async ({ addresses: [address], token }) => {
    const propose = (agenda: string, amount: number, rate?: number) =>
      post({ url: `${address}/v1/agendas/${agenda}/priorities`, token, amount, callers: CALLERS, bodyOf: priority, ...(rate && { rate }) });
    for (const agenda of ['warming', 'full', 'half', 'seen']) await openAgenda(address!, token, agenda);
    await propose('warming', 1_000);
    const start = performance.now();
    await propose('full', 2_000);
    const half = Math.floor(1_000 / ((performance.now() - start) / 1_000));

    // The read side has what came at full load before it is under half.
    await delayUntilSeen(address!, token, SAMPLES + 1);
    let loading = true;
    const load = propose('half', Math.min(half * 6, MOST_NUMBERS), half).finally(() => (loading = false));
    const delays: number[] = [];
    for (let n = 1; loading && n <= SAMPLES; n += 1) delays.push(await delayUntilSeen(address!, token, n));
    await load;

    const sorted = delays.toSorted((a, b) => a - b);
    const [p50, p99] = [0.5, 0.99].map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
    const row = (what: string, ours: number) =>
      ({ name: `command to visible row, ${half} commands/s, ${what}`, unit: 'command', ours, floor: AT_MOST_MS, ratio: ours / AT_MOST_MS, atMost: 1 });
    return [row('median', p50!), row('99 of 100', p99!)];
  });
}

async function delayUntilSeen(address: string, token: string, number: number): Promise<number> {
  const Authorization = `Bearer ${token}`;
  const proposed = await fetch(`${address}/v1/agendas/seen/priorities`, {
    method: 'POST',
    headers: { Authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify(priority(number)),
  });
  const { id, position } = (await proposed.json()) as { id: string; position: string };
  const answered = performance.now();
  const read = await fetch(`${address}/v1/priorities/${id}?minPosition=${position}`, { headers: { Authorization } });
  await read.text();
  if (read.status !== 200) throw new Error(`${id} was answered with ${read.status}`);
  return performance.now() - answered;
}
