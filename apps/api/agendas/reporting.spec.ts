import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { done, openSmallAgenda } from '../testing/opening.js';
import { startService, type TestService } from '../testing/service.js';

const report = { period: '2024-Q1', delivery: 'on-track', narrative: 'Есть', language: 'ru' };

describe('The reporting cycle', () => {
  let service: TestService;
  /** By which it is decided and read; the log keeps the time itself. */
  let now = new Date('2024-04-10T09:00:00Z');
  let position = '0';
  const as = (role: 'chair' | 'secretariat' | 'auditor') => service.as({ role });
  const liaison = (state: string) => service.as({ role: 'liaison', state, sub: `liaison-${state}` });
  const focalPoint = (body: string) => service.as({ role: 'body', body, sub: `of-${body}` });
  const command = async (answer: Parameters<typeof done>[0]) => {
    const said = await done(answer);
    ({ position } = said);
    return said.id;
  };
  type Row = { reporter: object; timeliness: string };
  const cycle = async (period = '2024-Q1') => {
    const { body } = await as('chair').get(`/v1/agendas/a/reporting-cycle?period=${period}&lang=en&minPosition=${position}`);
    return body.periods[0] as { locked: boolean; reporters: Row[] };
  };
  const queue = async (reader: ReturnType<TestService['as']>, more = '') => (await reader.get(`/v1/agendas/a/review-queue?minPosition=${position}${more}`)).body;

  beforeAll(async () => {
    service = await startService({}, () => now);
    await openSmallAgenda(service, {
      memberStates: ['KZ', 'KG', 'AM'],
      reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15', lockedFrom: '2024-05-01' }, { id: 'later', from: '2024-01-01', to: '2099-03-31', due: '2099-04-15' }],
    });
    for (const [id, kind] of [['ksopn', 'council'], ['un', 'partner']] as const) await command(as('secretariat').post('/v1/bodies', { id, names: { ru: id }, kind }));
    for (const body of ['ksopn', 'un']) await command(as('chair').post('/v1/priorities/a.1/assignments', { body, role: 'lead' }));
    await command(as('secretariat').post('/v1/agendas/a/participations', { state: 'AM', participation: 'suspended' }));
  });
  afterAll(() => service.close());

  it('tells who owes reports on what: states that take part, and bodies by what they carry, partners apart', async () => {
    const missing = [{ subject: 'a.1.1', number: '1.1', title: 'Commitment' }];
    expect(await cycle()).toMatchObject({
      locked: false,
      reporters: [
        { reporter: { state: 'KZ' }, name: 'Kazakhstan', owed: 1, received: 0, timeliness: 'due', missing },
        { reporter: { state: 'KG' }, owed: 1, received: 0, timeliness: 'due', missing },
        { reporter: { body: 'ksopn' }, owed: 1, received: 0, timeliness: 'due', missing },
      ],
    });
    expect((await cycle()).reporters).toHaveLength(3);
    expect(await as('chair').get('/v1/agendas/a/reporting-cycle?period=none')).toMatchObject({ status: 404 });
  });

  it('shows what came in time, what came late, and what is overdue', async () => {
    await command(liaison('KG').post('/v1/commitments/a.1.1/reports', report));
    now = new Date('2024-04-16T09:00:00Z');
    await command(focalPoint('ksopn').post('/v1/commitments/a.1.1/reports', { ...report, period: 'later' }));
    expect((await cycle()).reporters).toMatchObject([
      { reporter: { state: 'KZ' }, timeliness: 'overdue', received: 0 },
      { reporter: { state: 'KG' }, timeliness: 'received', received: 1, late: 1, missing: [] },
      { reporter: { body: 'ksopn' }, timeliness: 'overdue', received: 0 },
    ]);
    expect((await cycle('later')).reporters).toMatchObject([{ timeliness: 'not-due' }, { timeliness: 'not-due' }, { reporter: { body: 'ksopn' }, timeliness: 'received', received: 1, late: 0 }]);
  });

  it('queues for the Secretariat what waits for review, the longest first, and marks what its reader submitted', async () => {
    const { items } = await queue(as('secretariat'));
    expect(items).toMatchObject([
      { reporter: { state: 'KG' }, late: true, mayReview: true },
      { reporter: { body: 'ksopn' }, late: false, mayReview: true },
    ]);
    const own = await queue(service.as({ role: 'secretariat', sub: 'of-ksopn' }));
    expect(own.items.map((one: { mayReview: boolean }) => one.mayReview)).toEqual([true, false]);
    expect(await service.as({ role: 'secretariat', sub: 'of-ksopn' }).post(`/v1/reports/${items[1].id}/acceptance`, {})).toMatchObject({ status: 403, body: { code: 'SELF_REVIEW' } });
    const first = await queue(as('secretariat'), '&limit=1');
    expect(await queue(as('secretariat'), `&limit=1&cursor=${first.next}`)).toMatchObject({ items: [{ id: items[1].id }] });

    await command(as('secretariat').post(`/v1/reports/${items[1].id}/acceptance`, {}));
    await command(as('secretariat').post(`/v1/reports/${items[0].id}/return`, { reason: 'Уточните' }));
    expect((await queue(as('secretariat'))).items).toEqual([]);
    await command(liaison('KG').put(`/v1/reports/${items[0].id}`, { ...report, percent: 10 }));
    expect((await queue(as('secretariat'))).items).toMatchObject([{ id: items[0].id, percent: 10 }]);
    const { body } = await as('auditor').get('/v1/access-records');
    expect(body.items).toEqual(expect.arrayContaining([expect.objectContaining({ door: 'GET /v1/agendas/{agendaId}/review-queue' })]));
  });

  it('locks a period after its time of grace: a late report is still taken, and marked', async () => {
    now = new Date('2024-05-01T00:00:00Z');
    expect(await cycle()).toMatchObject({ locked: true });
    const { items } = await queue(as('secretariat'));
    expect(await liaison('KG').put(`/v1/reports/${items[0].id}`, { ...report, percent: 90 })).toMatchObject({ status: 409, body: { code: 'PERIOD_LOCKED' } });
    await command(liaison('KZ').post('/v1/commitments/a.1.1/reports', report));
    expect((await cycle()).reporters[0]).toMatchObject({ reporter: { state: 'KZ' }, timeliness: 'received', late: 1 });
    const { body } = await as('chair').get(`/v1/agendas/a/matrix?period=2024-Q1&minPosition=${position}`);
    expect(body.rows[1].cells.map((cell: { late: boolean }) => cell.late)).toEqual([true, true, false]);
  });

  it('is not opened with a period that is locked before its reports are due', async () => {
    const period = { id: 'q', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15', lockedFrom: '2024-04-15' };
    const opening = { id: 'b', organisation: 'CSTO', chair: 'KZ', title: { ru: 'Б' }, term: { from: '2024-01-01', to: '2024-12-31' }, memberStates: ['KZ'], reportingPeriods: [period] };
    expect(await as('chair').post('/v1/agendas', opening)).toMatchObject({ status: 422, body: { code: 'PERIOD_INVALID', errors: [{ pointer: '/reportingPeriods/0/lockedFrom' }] } });
  });
});
