import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../testing/service.js';

const decision = { body: 'skb', date: '2024-01-15', number: '1' };
const content = { period: '2024-Q1', delivery: 'on-track', percent: 40, narrative: 'Проект согласован', language: 'ru' };
const C = '/v1/commitments/a.1.1';

/** A story that has everything in it, read between two moments. */
describe('what changed in an agenda', () => {
  let service: TestService;
  let from: string;
  let to: string;
  let report: string;
  const chair = () => service.as({ role: 'chair' });
  const secretariat = () => service.as({ role: 'secretariat' });
  const kyrgyzstan = () => service.as({ role: 'liaison', state: 'KG', sub: 'liaison-kg' });
  const kazakhstan = () => service.as({ role: 'liaison', state: 'KZ', sub: 'liaison-kz' });

  beforeAll(async () => {
    service = await startService();
    const done = async (answer: Promise<{ status: number; text: string; body: { id: string; position: string } }>) => {
      const { status, text, body } = await answer;
      if (status >= 300) throw new Error(text);
      return body;
    };
    const periods = [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-20' }];
    const opening = { organisation: 'CSTO', chair: 'KZ', title: { ru: 'А' }, term: { from: '2024-01-01', to: '2024-12-31' }, memberStates: ['KG', 'KZ'], reportingPeriods: periods };
    await done(chair().post('/v1/agendas', { id: 'a', ...opening }));
    await done(secretariat().post('/v1/bodies', { id: 'ksopn', names: { ru: 'КСОПН' }, kind: 'council' }));
    await done(chair().post('/v1/agendas/a/priorities', { number: 1, title: { ru: 'П' } }));
    await done(chair().post('/v1/agendas/a/priorities', { number: 2, title: { ru: 'Лишний' } }));
    ({ position: from } = await done(chair().post('/v1/priorities/a.1/commitments', { number: 1, text: { ru: 'О' }, due: '2024-11-30' })));

    await done(chair().post('/v1/priorities/a.1/commitments', { number: 2, text: { ru: 'Новое' } }));
    await done(secretariat().post('/v1/priorities/a.1/agreement', { decision }));
    await done(secretariat().post(`${C}/agreement`, { decision }));
    await done(chair().post(`${C}/assignments`, { body: 'ksopn', role: 'lead' }));
    await done(chair().post(`${C}/schedule`, { due: '2024-12-15', reason: 'Стороны просили', decision }));
    await done(chair().post(`${C}/schedule`, { due: '2025-01-20', reason: 'Ещё раз' }));
    await done(chair().post(`${C}/milestones`, { id: 'draft', title: { ru: 'Черновик' }, due: '2024-06-30' }));
    ({ id: report } = await done(kyrgyzstan().post(`${C}/reports`, content)));
    await done(secretariat().post(`/v1/reports/${report}/return`, { reason: 'Уточните' }));
    await done(kyrgyzstan().put(`/v1/reports/${report}`, { ...content, percent: 45 }));
    await done(secretariat().post(`/v1/reports/${report}/acceptance`, {}));
    await done(kazakhstan().post(`${C}/reports`, content));
    await done(secretariat().post(`${C}/assessments`, { grade: 'limited', rationale: 'Мало подтверждений', rubricVersion: '2024.1' }));
    await done(secretariat().post('/v1/agendas/a/participations', { state: 'KZ', participation: 'suspended' }));
    await done(secretariat().post(`${C}/suspension`, { decision, reason: 'Пауза' }));
    await done(secretariat().post(`${C}/resumption`, { decision }));
    await done(secretariat().post(`${C}/closure`, { decision, outcome: 'partly-fulfilled' }));
    ({ position: to } = await done(chair().post('/v1/priorities/a.2/withdrawal', { reason: 'Снято' })));
    await done(chair().patch('/v1/priorities/a.1', { title: { ru: 'После' } }));
    await chair().get(`/v1/agendas?minPosition=${to}`);
  });
  afterAll(() => service.close());

  type Happened = { what: string; type: string; summary: string; thing: { id: string }; reason?: string; changes: { field: string; from: unknown; to: unknown }[] };
  const changes = async (reader: ReturnType<TestService['as']>, more = '') => (await reader.get(`/v1/agendas/a/changes?from=${from}&to=${to}${more}`)).body as { happened: Happened[]; items: object[] };

  it('tells in order what was added, decided, rescheduled, reported and assessed, and nothing from outside the two moments', async () => {
    const { happened } = await changes(secretariat());
    expect(happened.map(({ what, type }) => `${what} ${type}`)).toEqual([
      'added CommitmentProposed',
      'decided PriorityAgreed',
      'decided CommitmentAgreed',
      'assigned CommitmentAssigned',
      'rescheduled CommitmentRescheduled',
      'rescheduled CommitmentRescheduled',
      'milestone MilestoneSet',
      'reported ProgressReported',
      'reported ReportReturned',
      'reported ReportCorrected',
      'reported ReportAccepted',
      'reported ProgressReported',
      'assessed CommitmentAssessed',
      'participation ParticipationRecorded',
      'decided CommitmentSuspended',
      'decided CommitmentResumed',
      'decided CommitmentClosed',
      'decided PriorityWithdrawn',
    ]);
  });

  it('gives each rescheduling with the old date, the new date and the reason, also where the next one replaced it', async () => {
    const { happened } = await changes(secretariat(), '&lang=en');
    const rescheduled = happened.filter(({ what }) => what === 'rescheduled');
    expect(rescheduled.map(({ summary }) => summary)).toEqual([
      'Commitment rescheduled — due: 2024-11-30 → 2024-12-15; decision of skb of 2024-01-15, No. 1; reason: Стороны просили',
      'Commitment rescheduled — due: 2024-12-15 → 2025-01-20; reason: Ещё раз',
    ]);
    expect(rescheduled[0]).toMatchObject({ reason: 'Стороны просили', decision, changes: [{ field: '/due', from: '2024-11-30', to: '2024-12-15' }] });
  });

  it('says in words what was decided, reported and assessed', async () => {
    const { happened } = await changes(secretariat(), '&lang=ru');
    const summaryOf = (type: string) => happened.find((one) => one.type === type)!.summary;
    expect(summaryOf('CommitmentClosed')).toBe('Обязательство закрыто — состояние: согласовано → выполнено частично; решение skb от 2024-01-15, № 1');
    expect(summaryOf('ProgressReported')).toBe('Отчёт представлен — Киргизия, a.1.1, 2024-Q1; ход выполнения: идёт по плану; процент выполнения: 40');
    expect(summaryOf('ReportReturned')).toBe('Отчёт возвращён — Киргизия, a.1.1, 2024-Q1; причина: Уточните');
    expect(summaryOf('CommitmentAssessed')).toBe('Дана оценка Секретариата — оценка · степень выполнения: ограниченный прогресс');
    expect(happened.find(({ type }) => type === 'CommitmentAssessed')!.changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: '/assessment/rationale', to: 'Мало подтверждений' })]),
    );
  });

  it('tells a state of another’s report that it was accepted, and nothing of the way there', async () => {
    const { happened } = await changes(kazakhstan());
    const ofReports = happened.filter(({ what }) => what === 'reported');
    expect(ofReports.map(({ type, thing }) => [type, thing.id === report])).toEqual([['ReportAccepted', true], ['ProgressReported', false]]);
    expect(JSON.stringify(happened)).not.toContain('Уточните');
  });

  it('says what each thing is after all of it', async () => {
    const { items } = await changes(secretariat());
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ thing: 'commitment', id: 'a.1.2', change: 'added' }),
        expect.objectContaining({ thing: 'commitment', id: 'a.1.1', change: 'changed', changes: expect.arrayContaining([{ field: '/due', from: '2024-11-30', to: '2025-01-20' }]) }),
      ]),
    );
  });
});
