import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { testApi, type TestApi, type TestParts } from '../testing/api.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';
import { createLogger } from './logging.js';
import { createRegistry, measurePools } from './metrics.js';

const booted: TestApi[] = [];
const boot = async (parts: TestParts = {}) => {
  const api = await testApi({ modules: [commandsOf(new RecordedCommands())], ...parts });
  booted.push(api);
  return api;
};
afterEach(() => Promise.all(booted.splice(0).map((api) => api.close())));

describe('health', () => {
  it('is alive without a token, whatever its parts do', async () => {
    const api = await boot({ health: [{ name: 'event store', check: () => Promise.reject(new Error('away')) }] });
    const { body } = await api.http().get('/health/live').expect(200);
    expect(body).toEqual({ status: 'alive' });
  });

  it('is ready when every part is', async () => {
    const api = await boot({ health: [{ name: 'event store', check: () => Promise.resolve() }] });
    const { body, headers } = await api.http().get('/health/ready').expect(200);
    expect(body).toEqual({ status: 'ready', parts: [{ name: 'event store', ready: true }] });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('names the part that is not ready, and tells why to the log alone', async () => {
    const parts = [
      { name: 'event store', check: () => Promise.resolve() },
      { name: 'projections', check: () => Promise.reject(new Error('connect 10.0.0.7 refused')) },
      { name: 'keys', check: () => { throw new Error('at once'); } },
    ];
    const api = await boot({ health: parts });
    const { body } = await api.http().get('/health/ready').expect(503);
    expect(body).toEqual({
      status: 'not ready',
      parts: [{ name: 'event store', ready: true }, { name: 'projections', ready: false }, { name: 'keys', ready: false }],
    });
    expect(api.logged.filter(({ part }) => part).map(({ part }) => part)).toEqual(expect.arrayContaining(['keys', 'projections']));
  });
});

describe('metrics', () => {
  it('tell how long answers took by route, not by address', async () => {
    const api = await boot();
    await api.http().get('/problems/BODY_RETIRED');
    await api.http().get('/problems/NO_SUCH');
    await api.http().get('/a-scan-for-wp-admin');
    await api.http().delete('/problems/BODY_RETIRED');
    const { text } = await api.http().get('/metrics').set('Accept', 'application/openmetrics-text;q=0.8,text/plain;q=0.5,*/*;q=0.1').expect(200);
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/problems/:code",status="200"} 1');
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/problems/:code",status="404"} 1');
    expect(text).toContain('http_request_duration_seconds_count{method="any",route="none",status="404"} 1');
    expect(text).toContain('status="405"');
    expect(text).not.toContain('wp-admin');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('tell what the pools of connections are doing', async () => {
    const registry = createRegistry();
    measurePools(registry, { reads: { totalCount: 5, idleCount: 2, waitingCount: 1 } as Pool });
    const api = await boot({ registry });
    const { text } = await api.http().get('/metrics');
    expect(text).toContain('database_pool_connections{pool="reads",state="used"} 3');
    expect(text).toContain('database_pool_connections{pool="reads",state="waiting"} 1');
  });
});

describe('the log', () => {
  it('has one line for each answer, with its trace, route, status and actor, and never the token', async () => {
    const api = await boot();
    const authorization = await api.bearer({ role: 'chair', sub: 'astana' });
    await api.http().post('/v1/agendas/csto-2024/closure?q=hidden').set('Authorization', authorization).set('X-Correlation-Id', 'review').send({});
    const lines = api.logged.filter(({ status }) => status !== undefined);
    expect(lines).toEqual([
      expect.objectContaining({
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        method: 'POST',
        path: '/v1/agendas/csto-2024/closure',
        route: '/v1/agendas/:agendaId/closure',
        status: 422,
        actor: 'astana',
        role: 'chair',
        responseTime: expect.any(Number),
      }),
    ]);
    const all = JSON.stringify(api.logged);
    for (const part of authorization.slice('Bearer '.length).split('.')) expect(all).not.toContain(part);
    expect(all).not.toContain('hidden');
  });

  it('keeps secrets out by their names', () => {
    const lines: string[] = [];
    const stream = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
    createLogger('info', stream).info({ token: 'S1', config: { password: 'S2', deep: { authorization: 'S3' } } }, 'started');
    expect(lines.join('')).toContain('[secret]');
    expect(lines.join('')).not.toMatch(/S1|S2|S3/);
  });
});

describe('too many requests', () => {
  it('are answered with 429 and when to try again, for each actor apart', async () => {
    const api = await boot({ settings: { requestsPerMinute: 2 } });
    const get = async (sub: string) => api.http().get('/problems').set('Authorization', await api.bearer({ role: 'auditor', sub }));
    const first = await get('a');
    expect(first.headers['ratelimit-policy']).toBeDefined();
    await get('a');
    const third = await get('a');
    expect([third.status, third.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get('b')).status).toBe(200);
  });

  it('are counted by address where nobody is known, and a forged token is nobody', async () => {
    const api = await boot({ settings: { requestsPerMinute: 2 } });
    const statuses: number[] = [];
    for (const token of ['x', 'y', 'z']) statuses.push((await api.http().get('/problems').set('Authorization', `Bearer ${token}`)).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  it('believe a forwarded address only from a proxy that is trusted', async () => {
    const api = await boot({ settings: { requestsPerMinute: 1 } });
    const from = (address: string) => api.http().get('/problems').set('X-Forwarded-For', address);
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.2')).status]).toEqual([200, 429]);
    const behind = await boot({ settings: { requestsPerMinute: 1, trustProxy: 1 } });
    const through = (address: string) => behind.http().get('/problems').set('X-Forwarded-For', address);
    expect([(await through('192.0.2.1')).status, (await through('192.0.2.2')).status, (await through('192.0.2.2')).status]).toEqual([200, 200, 429]);
  });

  it('do not hold back who asks for health', async () => {
    const api = await boot({ settings: { requestsPerMinute: 1 } });
    for (let i = 0; i < 3; i++) await api.http().get('/health/live').expect(200);
  });
});
