import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import type { LedgerDesk } from '../ledger/ledger-desk.js';
import type { DeliveryStatus } from '#delivery/status.js';
import type { ProjectionStatus } from '#projections/status.js';
import type { ProjectionDesk } from '../projections/projection-desk.js';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** A registry that knows of this process. Whoever has something to measure registers it there. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** How long answers take, by route and not by address, so that the number of series stays small. */
export function measured(registry: Registry): RequestHandler {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from the arrival of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (request, response, next) => {
    const stop = durations.startTimer();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'aborted';
      const { routePath } = request;
      stop({ method: routePath === undefined ? 'any' : request.method, route: routePath ?? 'none', status });
    });
    next();
  };
}

/** What each pool of database connections, by its name, is doing. */
export function measurePools(registry: Registry, pools: Readonly<Record<string, Pool>>): void {
  const connections = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections in use and idle, and callers that wait for one',
    labelNames: ['pool', 'state'] as const,
    registers: [],
    collect() {
      for (const [name, pool] of Object.entries(pools)) {
        this.set({ pool: name, state: 'used' }, pool.totalCount - pool.idleCount);
        this.set({ pool: name, state: 'idle' }, pool.idleCount);
        this.set({ pool: name, state: 'waiting' }, pool.waitingCount);
      }
    },
  });
  registry.registerMetric(connections);
}

/** How far each projection is behind the log, in positions, and whether it stands still. */
export function measureProjections(registry: Registry, status: ProjectionDesk['status']): void {
  const each = (name: string, help: string, value: (one: ProjectionStatus) => number) =>
    gauge(registry, name, help, ['projection'], async (set) => {
      for (const one of await status()) set(value(one), { projection: one.name });
    });
  each('projection_stalled', '1 where a projection cannot take an event and stands still', ({ stalled }) => (stalled ? 1 : 0));
  each('projection_lag_positions', 'How many positions of the log a projection has yet to take', ({ lag }) => lag);
}

/** How far the ledger is, and when it was signed last. */
export function measureLedger(registry: Registry, status: LedgerDesk['status']): void {
  gauge(registry, 'ledger_events', 'How many events are in the tree', [], async (set) => set((await status()).size));
  gauge(registry, 'ledger_checkpoint_timestamp_seconds', 'When the latest checkpoint was signed', [], async (set) => {
    const { signedAt } = await status();
    if (signedAt !== undefined) set(Date.parse(signedAt) / 1000);
  });
}

/** What is on its way to the states. */
export function measureDeliveries(registry: Registry, status: () => Promise<DeliveryStatus>): void {
  gauge(registry, 'delivery_messages', 'Messages to the states, by where they stand; failed ones are no longer tried', ['status'], async (set) => {
    const { messages } = await status();
    for (const [name, count] of Object.entries(messages)) set(count, { status: name });
  });
  gauge(registry, 'delivery_running', '1 where a process takes care of deliveries', [], async (set) => set((await status()).running ? 1 : 0));
  gauge(registry, 'delivery_silence_awaited', 'Editions whose silence is yet to be recorded', [], async (set) => set((await status()).silence.length));
}

/** Asked anew each time. Where nobody can tell, there is no number; whatever else is measured is still told. */
function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
  measure: (set: (value: number, labels?: Record<Label, string>) => void) => Promise<void>,
): void {
  const made = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [],
    async collect() {
      this.reset();
      await measure((value, labels) => (labels ? this.set(labels, value) : this.set(value))).catch(() => {});
    },
  });
  registry.registerMetric(made);
}
