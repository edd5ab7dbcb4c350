import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../testing/service.js';

const secretariat = { role: 'secretariat', sub: 'secretary' } as const;
const kyrgyzstan = { role: 'liaison', state: 'KG', sub: 'liaison-kg' } as const;
const auditor = { role: 'auditor', sub: 'first-auditor' } as const;

describe('reads of what is not for everybody', () => {
  let service: TestService;
  let report: string;
  let position: string;
  beforeAll(async () => {
    service = await startService();
    const chair = service.as({ role: 'chair' });
    const periods = [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-20' }];
    const term = { from: '2024-01-01', to: '2024-12-31' };
    await chair.post('/v1/agendas', { id: 'a', organisation: 'CSTO', chair: 'KZ', title: { ru: 'А' }, term, memberStates: ['KG', 'KZ'], reportingPeriods: periods });
    await chair.post('/v1/agendas/a/priorities', { number: 1, title: { ru: 'П' } });
    const content = { period: '2024-Q1', delivery: 'on-track', narrative: 'Идёт', language: 'ru' };
    ({ id: report, position } = (await service.as(kyrgyzstan).post('/v1/priorities/a.1/reports', content)).body as { id: string; position: string });
    await chair.get(`/v1/agendas?minPosition=${position}`);
  });
  afterAll(() => service.close());

  type Item = { door: string; actor: { subject: string }; reports: string[]; asked: object; position: string; id: number; at: string };
  const records = async (filter = '') => (await service.as({ role: 'auditor', sub: 'second-auditor' }).get(`/v1/access-records?limit=500${filter}`)).body.items as Item[];
  /** What was recorded by what is done. */
  async function tracesOf(done: () => Promise<unknown>) {
    const before = (await records()).at(-1)?.id ?? 0;
    await done();
    return (await records()).filter(({ id, door }) => id > before && !door.endsWith('access-records'));
  }

  it('are recorded at every door of the raw log: who, when, what, as of which position', async () => {
    const [event] = (await service.as(auditor).get('/v1/events?limit=1')).body.items as { id: string }[];
    const traces = await tracesOf(async () => {
      await service.as(auditor).get('/v1/events?stream=priority-a.1');
      await service.as(auditor).get('/v1/events', { Accept: 'application/x-ndjson' });
      await service.as(auditor).get(`/v1/events/${event!.id}`);
      await service.follow('/v1/events/live?after=1', await service.bearer(auditor), 1);
    });
    const actor = { subject: 'first-auditor', role: 'auditor' };
    expect(traces).toMatchObject([
      { actor, door: 'GET /v1/events', asked: { stream: 'priority-a.1' }, position },
      { actor, door: 'GET /v1/events', position },
      { actor, door: 'GET /v1/events/{eventId}', asked: { eventId: event!.id } },
      { actor, door: 'GET /v1/events/live', asked: { after: '1' }, position: '1' },
    ]);
  });

  it('are recorded where others see a report that was not accepted, and not where its own state does', async () => {
    const doors = [
      `/v1/reports/${report}`, '/v1/reports?agenda=a', `/v1/reports/${report}/history`, '/v1/agendas/a/matrix', '/v1/states/KG/obligations', '/v1/agendas/a/changes',
    ];
    const knock = (actor: Parameters<TestService['as']>[0]) => async () => {
      for (const door of doors) expect(await service.as(actor).get(door)).toMatchObject({ status: 200 });
    };
    const traces = await tracesOf(knock(secretariat));
    expect(traces.map(({ door }) => door)).toEqual([
      'GET /v1/reports/{reportId}', 'GET /v1/reports', 'GET /v1/reports/{reportId}/history',
      'GET /v1/agendas/{agendaId}/matrix', 'GET /v1/states/{state}/obligations', 'GET /v1/agendas/{agendaId}/changes',
    ]);
    expect(traces).toEqual(traces.map(() => expect.objectContaining({ reports: [report], actor: { subject: 'secretary', role: 'secretariat' } })));
    expect(await tracesOf(knock(kyrgyzstan))).toEqual([]);
  });

  it('are not handed out where that cannot be recorded', async () => {
    const { db } = service.stores;
    await db.query('alter table access.read rename to elsewhere');
    try {
      for (const door of ['/v1/events', `/v1/events/018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47`, '/v1/events/live', `/v1/reports/${report}`]) {
        const answer = await service.knock('GET', door, auditor);
        expect([door, answer.status]).toEqual([door, door.includes('018e') ? 404 : 503]);
      }
      expect(await service.as(auditor).get('/v1/events')).toMatchObject({ status: 503, body: { code: 'READ_NOT_RECORDED' } });
      expect(await service.as(kyrgyzstan).get(`/v1/reports/${report}`)).toMatchObject({ status: 200 });
    } finally {
      await db.query('alter table access.elsewhere rename to read');
    }
  });

  it('are read by auditors, by whom and when, page by page; and that is recorded too', async () => {
    const all = await records();
    const [first] = all;
    expect(await records('&actor=secretary')).toEqual(all.filter(({ actor }) => actor.subject === 'secretary'));
    expect(await records(`&to=${first!.at}`)).toEqual(all.filter(({ at }) => at <= first!.at));
    expect(await records('&from=2999-01-01T00:00:00Z')).toEqual([]);
    const page = await service.as(auditor).get('/v1/access-records?limit=2');
    const next = await service.as(auditor).get(`/v1/access-records?limit=2&cursor=${page.body.next}`);
    expect([...page.body.items, ...next.body.items]).toEqual(all.slice(0, 4));
    expect((await records()).at(-1)).toMatchObject({ door: 'GET /v1/access-records', actor: { subject: 'first-auditor' }, asked: { cursor: page.body.next } });
  });

  it.each(["update access.read set subject = 'x'", 'delete from access.read', 'truncate access.read'])('are recorded for good: %s is refused', async (sql) => {
    await expect(service.stores.db.query(sql)).rejects.toThrow('never changed or removed');
  });
});
