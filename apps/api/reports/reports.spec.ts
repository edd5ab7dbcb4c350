import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../testing/service.js';

const DECISION = { body: 'skb', date: '2024-01-25', number: '7' };
const ru = (text: string) => ({ ru: text });
const saying = (delivery: string) => ({ period: '2024-Q1', delivery, percent: 40, narrative: 'Работа идёт.', language: 'ru' });

describe('progress reports as they are read', () => {
  let service: TestService;
  const kg = () => service.as({ role: 'liaison', state: 'KG', sub: 'liaison-kg' });
  const tj = () => service.as({ role: 'liaison', state: 'TJ', sub: 'liaison-tj' });
  const chair = () => service.as({ role: 'chair' });
  const secretariat = () => service.as({ role: 'secretariat' });
  let position = '0';

  async function done(answer: Promise<{ status: number; body: { id: string; position: string } }>): Promise<string> {
    const { status, body } = await answer;
    expect({ status, body }).toEqual({ status: expect.any(Number), body: expect.objectContaining({ position: expect.any(String) }) });
    ({ position } = body);
    return body.id;
  }
  const report = (delivery: string) => done(kg().post('/v1/commitments/csto-2024.10.1/reports', saying(delivery)));
  const accept = (id: string) => done(secretariat().post(`/v1/reports/${id}/acceptance`, {}));
  const cell = async (as: ReturnType<typeof kg>) => {
    const { body } = await as.get(`/v1/agendas/csto-2024/matrix?period=2024-Q1&minPosition=${position}`);
    const row = body.rows.find((one: { subject: string }) => one.subject === 'csto-2024.10.1');
    return row.cells.find((one: { state: string }) => one.state === 'KG') as Record<string, unknown>;
  };
  const read = async (as: ReturnType<typeof kg>, id: string) => (await as.get(`/v1/reports/${id}?minPosition=${position}`)).body as Record<string, unknown>;

  beforeAll(async () => {
    service = await startService();
    await done(
      chair().post('/v1/agendas', {
        id: 'csto-2024', organisation: 'CSTO', chair: 'KZ', title: ru('Повестка'), term: { from: '2024-01-01', to: '2024-12-31' }, memberStates: ['KG', 'TJ', 'KZ'],
        reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' }],
      }),
    );
    await done(secretariat().post('/v1/bodies', { id: 'skb', names: ru('Совет'), kind: 'council' }));
    for (let number = 1; number <= 11; number += 1) {
      await done(chair().post('/v1/agendas/csto-2024/priorities', { number, title: ru(`Приоритет ${number}`) }));
      await done(chair().post(`/v1/priorities/csto-2024.${number}/commitments`, { number: 1, text: ru('Обязательство') }));
    }
    await done(chair().post('/v1/priorities/csto-2024.10/commitments', { number: 2, text: ru('Обязательство') }));
  });
  afterAll(() => service.close());

  it('a later draft does not hide an accepted report from those who may know that one alone', async () => {
    const accepted = await report('on-track');
    await accept(accepted);
    const draft = await report('blocked');

    expect(await cell(tj())).toMatchObject({ report: accepted, delivery: 'on-track', status: 'accepted', timeliness: 'received' });
    expect(await cell(kg())).toMatchObject({ report: draft, delivery: 'blocked', status: 'submitted' });
    expect(await cell(secretariat())).toMatchObject({ report: draft });
    expect(await read(tj(), accepted)).toMatchObject({ superseded: false });
    expect(await read(kg(), accepted)).toMatchObject({ superseded: true });
    const { body } = await tj().get(`/v1/commitments/csto-2024.10.1?minPosition=${position}`);
    expect(body.progress).toMatchObject({ delivery: 'on-track', reporters: 1 });
  });

  it('one that was sent back stands only where no other does', async () => {
    const returned = await report('completed');
    const standing = (await cell(kg()))['report'];
    expect(standing).toBe(returned);
    await done(secretariat().post(`/v1/reports/${returned}/return`, { reason: 'Неполно' }));
    expect(await cell(kg())).toMatchObject({ delivery: 'blocked', status: 'submitted' });
    expect(await read(kg(), returned)).toMatchObject({ status: 'returned', superseded: false });
  });

  it('that a draft was received in time is told to all, and nothing of what it says', async () => {
    await done(tj().post('/v1/commitments/csto-2024.11.1/reports', saying('delayed')));
    const { body } = await kg().get(`/v1/agendas/csto-2024/matrix?period=2024-Q1&minPosition=${position}`);
    const row = body.rows.find((one: { subject: string }) => one.subject === 'csto-2024.11.1');
    expect(row.cells[1]).toMatchObject({ state: 'TJ', timeliness: 'received', delivery: null, percent: null, report: null, status: null, reportedAt: null });
  });

  it('an accepted one of an amended commitment is hidden again from the others', async () => {
    await done(secretariat().post('/v1/commitments/csto-2024.10.1/agreement', { decision: DECISION }));
    await done(chair().patch('/v1/commitments/csto-2024.10.1', { text: ru('Другое обязательство'), decision: DECISION }));
    expect(await cell(tj())).toMatchObject({ report: null, delivery: null, timeliness: 'received' });
  });

  it('commitments are listed by their numbers, page by page', async () => {
    const ids: string[] = [];
    for (let next = ''; ; ) {
      const { body } = await chair().get(`/v1/commitments?limit=5&minPosition=${position}${next && `&cursor=${next}`}`);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      if (!body.next) break;
      next = body.next as string;
    }
    const expected = Array.from({ length: 11 }, (_, n) => `csto-2024.${n + 1}.1`).toSpliced(10, 0, 'csto-2024.10.2');
    expect(ids).toEqual(expected);
  });
});
