import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import type { LedgerDesk } from '../ledger/ledger-desk.js';
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
  const stalled = new Gauge({
    name: 'projection_stalled',
    help: '1 where a projection cannot take an event and stands still',
    labelNames: ['projection'] as const,
    registers: [registry],
  });
  const lag = new Gauge({
    name: 'projection_lag_positions',
    help: 'How many positions of the log a projection has yet to take',
    labelNames: ['projection'] as const,
    registers: [],
    async collect() {
      this.reset();
      stalled.reset();
      // Where nobody can tell, there is no number; whatever else is measured is still told.
      for (const one of await status().catch(() => [])) {
        this.set({ projection: one.name }, one.lag);
        stalled.set({ projection: one.name }, one.stalled ? 1 : 0);
      }
    },
  });
  registry.registerMetric(lag);
}

/** How far the ledger is, and when it was signed last. */
export function measureLedger(registry: Registry, status: LedgerDesk['status']): void {
  const signed = new Gauge({
    name: 'ledger_checkpoint_timestamp_seconds',
    help: 'When the latest checkpoint was signed',
    registers: [registry],
  });
  const events = new Gauge({
    name: 'ledger_events',
    help: 'How many events are in the tree',
    registers: [],
    async collect() {
      this.reset();
      signed.reset();
      const ledger = await status().catch(() => undefined);
      if (!ledger) return;
      this.set(ledger.size);
      if (ledger.signedAt !== undefined) signed.set(Date.parse(ledger.signedAt) / 1000);
    },
  });
  registry.registerMetric(events);
}
