import { beside, openAgenda, post, priority } from './http-load.js';
import { compare, type Measured } from './measure.js';

export const name = 'http-command';

const CALLERS = 16;
const REQUESTS = 1_000;
/** 60 % of the floor's throughput. */
const AT_MOST = 1 / 0.6;

/** A command that is decided and logged, beside a request on the same foundations that inserts one row. */
export async function run(): Promise<Measured[]> {
  const services = ['apps/api/main.ts', 'bench/floor-service/main.ts'];
  // What projections cost is measured by itself.
  return beside(services, { PROJECTOR: 'apart' }, async ({ addresses: [ours, floor], token }) => {
    let agendas = 0;
    return [
      await compare({
        name: `command over HTTP, ${CALLERS} callers`,
        unit: 'request',
        operations: REQUESTS,
        atMost: AT_MOST,
        // An agenda takes each number once.
        prepare: () => openAgenda(ours!, token, `bench-${(agendas += 1)}`),
        ours: () =>
          post({ url: `${ours}/v1/agendas/bench-${agendas}/priorities`, token, amount: REQUESTS, callers: CALLERS, bodyOf: priority }),
        floor: () => post({ url: `${floor}/v1/rows`, token, amount: REQUESTS, callers: CALLERS, bodyOf: (number) => ({ number }) }),
      }),
    ];
  });
}
