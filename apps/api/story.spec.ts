import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshPrefix, kurrentServer } from '#event-store-kurrentdb/testing/fresh-log.js';
import { startService, type TestService } from './testing/service.js';

/** No log will ever come so far. */
const THE_LAST_POSITION = '9223372036854775806';

/** Opens an empty log, and says by which variables of the environment the service finds it. */
const STORES = {
  PostgreSQL: () => Promise.resolve({ variables: {}, stop: () => Promise.resolve() }),
  async KurrentDB() {
    const { url, stop } = await kurrentServer();
    return { variables: { EVENT_STORE: 'kurrentdb', KURRENTDB_URL: url, KURRENTDB_STREAM_PREFIX: freshPrefix() }, stop };
  },
};

/** One chairmanship's agenda from its opening to a report in the matrix, over HTTP alone, on a real database. */
describe.each(Object.entries(STORES))('the story of an agenda, its log in %s', (_, openLog) => {
  let log: Awaited<ReturnType<typeof openLog>>;
  let service: TestService;
  beforeAll(async () => {
    log = await openLog();
    service = await startService(log.variables);
  });
  afterAll(async () => {
    await service.close();
    await log.stop();
  });

  const as = (role: string, more: object = {}) => service.as({ role, ...more } as never);
  const chair = () => as('chair');
  const secretariat = () => as('secretariat');
  const kyrgyzstan = () => as('liaison', { state: 'KG', sub: 'liaison-kg' });
  const armenia = () => as('liaison', { state: 'AM', sub: 'liaison-am' });
  const auditor = () => as('auditor');
  const decision = { body: 'skb', date: '2024-01-15', number: '1' };
  /** Reads what the command has brought about, however fast the read side is. */
  const after = (position: string) => `minPosition=${position}`;

  let opening: string;
  let beforeReport: string;
  let report: string;
  let last: string;

  it('opens with an agenda, its bodies and its first priority', async () => {
    const opened = await chair().post('/v1/agendas', {
      id: 'csto-2024',
      organisation: 'CSTO',
      chair: 'KZ',
      title: { ru: 'Приоритеты председательства', en: 'Priorities of the chairmanship' },
      term: { from: '2024-01-01', to: '2024-12-31' },
      memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
      reportingPeriods: [
        { id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-20' },
        { id: '2024-Q2', from: '2024-04-01', to: '2024-06-30', due: '2024-07-20' },
      ],
    });
    expect(opened).toMatchObject({ status: 201, body: { id: 'csto-2024', revision: 0 } });
    expect(opened.headers).toMatchObject({ location: '/v1/agendas/csto-2024', etag: '"0"' });
    opening = opened.body.position as string;

    const registered = await secretariat().post('/v1/bodies', {
      id: 'collective-forces',
      names: { ru: 'Коллективные силы ОДКБ', kk: 'ҰҚШҰ Ұжымдық күштері' },
      kind: 'forces',
    });
    expect(registered.status).toBe(201);

    const proposed = await chair().post('/v1/agendas/csto-2024/priorities', {
      number: 2,
      title: { ru: 'Военное сотрудничество', kk: 'Әскери ынтымақтастық' },
    });
    expect(proposed).toMatchObject({ status: 201, body: { id: 'csto-2024.2', revision: 0 } });
    expect(proposed.headers['location']).toBe('/v1/priorities/csto-2024.2');
    const found = await chair().get(`${proposed.headers['location']}?${after(proposed.body.position)}`);
    expect(found).toMatchObject({ status: 200, body: { title: 'Военное сотрудничество', lifecycle: 'proposed', commitments: [] } });
  });

  it('refuses the number that is taken, and leaves no second event', async () => {
    const again = await chair().post('/v1/agendas/csto-2024/priorities', { number: 2, title: { ru: 'Другое' } });
    expect(again).toMatchObject({ status: 409, body: { code: 'PRIORITY_ALREADY_PROPOSED', traceId: expect.any(String) } });
    expect(again.headers['content-type']).toMatch('application/problem+json');
  });

  it('takes a commitment, assigns it and has it agreed under a decision', async () => {
    const proposed = await chair().post('/v1/priorities/csto-2024.2/commitments', {
      number: 1,
      text: { ru: 'Доработать нормативно-правовую базу' },
      due: '2024-11-30',
    });
    expect(proposed).toMatchObject({ status: 201, body: { id: 'csto-2024.2.1' } });
    for (const thing of ['priorities/csto-2024.2', 'commitments/csto-2024.2.1']) {
      const assigned = await chair().post(`/v1/${thing}/assignments`, { body: 'collective-forces', role: 'lead' });
      expect([200, 201]).toContain(assigned.status);
      expect(await secretariat().post(`/v1/${thing}/agreement`, { decision })).toMatchObject({ status: 200 });
    }
    const moved = await chair().post('/v1/commitments/csto-2024.2.1/schedule', {
      due: '2024-12-15',
      reason: 'Стороны просили о времени',
      decision,
    });
    expect(moved.status).toBe(200);
    beforeReport = moved.body.position as string;
    const commitment = await chair().get(`/v1/commitments/csto-2024.2.1?${after(beforeReport)}`);
    expect(commitment.body).toMatchObject({
      lifecycle: 'agreed',
      due: '2024-12-15',
      originalDue: '2024-11-30',
      bodies: [{ id: 'collective-forces', name: 'Коллективные силы ОДКБ', role: 'lead' }],
      progress: { delivery: null, reporters: 0 },
    });
  });

  it('takes a report from the state that it is about, and from no other', async () => {
    const content = { period: '2024-Q1', delivery: 'on-track', percent: 40, narrative: 'Проект согласован.', language: 'ru' };
    const reported = await kyrgyzstan().post('/v1/commitments/csto-2024.2.1/reports', content, { 'Idempotency-Key': 'kg-q1' });
    expect(reported.status).toBe(201);
    report = reported.body.id as string;
    last = reported.body.position as string;
    const again = await kyrgyzstan().post('/v1/commitments/csto-2024.2.1/reports', content, { 'Idempotency-Key': 'kg-q1' });
    expect([again.status, again.body]).toEqual([201, reported.body]);

    const meddled = await armenia().put(`/v1/reports/${report}`, { ...content, delivery: 'completed' });
    expect(meddled).toMatchObject({ status: 403, body: { code: 'NOT_YOUR_REPORT' } });
  });

  it('shows the report in the matrix to its state and the secretariat, and to others once it is accepted', async () => {
    const cellFor = async (reader: ReturnType<typeof as>) => {
      const matrix = await reader.get(`/v1/agendas/csto-2024/matrix?${after(last)}`);
      const row = matrix.body.rows.find(({ subject }: { subject: string }) => subject === 'csto-2024.2.1');
      return row.cells.find(({ state }: { state: string }) => state === 'KG');
    };
    const told = { delivery: 'on-track', percent: 40, report };
    expect(await cellFor(kyrgyzstan())).toMatchObject(told);
    expect(await cellFor(secretariat())).toMatchObject(told);
    expect(await cellFor(armenia())).toMatchObject({ delivery: null, report: null });
    expect(await armenia().get(`/v1/reports/${report}`)).toMatchObject({ status: 404 });

    const accepted = await secretariat().post(`/v1/reports/${report}/acceptance`, { comment: 'Принято' });
    last = accepted.body.position as string;
    expect(await cellFor(armenia())).toMatchObject(told);
    expect(await armenia().get(`/v1/reports/${report}?${after(last)}`)).toMatchObject({ status: 200, body: { status: 'accepted' } });
  });

  it('reads the agenda now and as it was, each in the reader’s language', async () => {
    const now = await chair().get(`/v1/agendas/csto-2024?lang=kk&${after(last)}`);
    expect(now.body.priorities[0]).toMatchObject({ title: 'Әскери ынтымақтастық', progress: { delivery: 'on-track', percent: 40 } });
    expect(now.body).toMatchObject({ language: 'kk', fallbacks: expect.arrayContaining(['/title', '/priorities/0/commitments/0/text']) });

    const then = await chair().get(`/v1/agendas/csto-2024?asOf=${beforeReport}`);
    expect(then.body).toMatchObject({ position: beforeReport, language: 'ru' });
    expect(then.body.priorities[0].progress).toMatchObject({ delivery: null, reporters: 0 });
    expect((await chair().get(`/v1/agendas/csto-2024?asOf=${beforeReport}`)).text).toBe(then.text);

    const earlier = await chair().get(`/v1/agendas/csto-2024?asOf=${opening}`);
    expect(earlier.body).toMatchObject({ title: 'Приоритеты председательства', priorities: [] });
    expect(await chair().get('/v1/agendas/csto-2024?asOf=0')).toMatchObject({ status: 404, body: { code: 'AGENDA_UNKNOWN' } });
  });

  it('lapses the acceptance when the commitment is amended', async () => {
    const amended = await chair().patch('/v1/commitments/csto-2024.2.1', { text: { ru: 'Завершить формирование правовой базы' } });
    expect(amended.status).toBe(200);
    last = amended.body.position as string;
    expect((await secretariat().get(`/v1/reports/${report}?${after(last)}`)).body).toMatchObject({ status: 'accepted', lapsed: true });
    expect(await armenia().get(`/v1/reports/${report}`)).toMatchObject({ status: 404 });
  });

  it('tells what changed between two moments, and each thing’s history field by field', async () => {
    const changes = await chair().get(`/v1/agendas/csto-2024/changes?from=${beforeReport}&to=${last}`);
    expect(changes.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ thing: 'report', id: report, change: 'added' }),
        expect.objectContaining({
          thing: 'commitment',
          id: 'csto-2024.2.1',
          change: 'changed',
          changes: expect.arrayContaining([
            { field: '/text/ru', from: 'Доработать нормативно-правовую базу', to: 'Завершить формирование правовой базы' },
          ]),
        }),
      ]),
    );
    const history = await chair().get('/v1/commitments/csto-2024.2.1/history');
    expect(history.body.items.map(({ type }: { type: string }) => type)).toEqual([
      'CommitmentProposed', 'CommitmentAssigned', 'CommitmentAgreed', 'CommitmentRescheduled', 'CommitmentAmended',
    ]);
    expect(history.body.items[3]).toMatchObject({
      decision,
      actor: { role: 'chair' },
      changes: expect.arrayContaining([{ field: '/due', label: 'срок', from: '2024-11-30', to: '2024-12-15' }]),
      summary: expect.stringContaining('Стороны просили о времени'),
    });
    const lapsed = [{ report, reporter: { state: 'KG' }, period: '2024-Q1' }];
    expect(history.body.items[4]).toMatchObject({ type: 'CommitmentAmended', lapsed });
    const ofReport = (await kyrgyzstan().get(`/v1/reports/${report}/history?lang=en`)).body.items;
    expect(ofReport.map(({ label }: { label: string }) => label)).toEqual(['Progress reported', 'Report accepted', 'Commitment amended']);
    expect(ofReport[2]).toMatchObject({ thing: { kind: 'commitment' }, changes: [{ field: '/lapsed', from: null, to: true, toText: 'yes' }] });
    expect(await armenia().get(`/v1/reports/${report}/history`)).toMatchObject({ status: 404 });
  });

  it('pages and filters a history, and answers 304 where the client has it', async () => {
    const address = '/v1/commitments/csto-2024.2.1/history';
    const first = await chair().get(`${address}?actor=chair&limit=2`);
    const second = await chair().get(`${address}?actor=chair&limit=2&cursor=${first.body.next}`);
    const types = [...first.body.items, ...second.body.items].map(({ type }: { type: string }) => type);
    expect([types, second.body.next]).toEqual([['CommitmentProposed', 'CommitmentAssigned', 'CommitmentRescheduled', 'CommitmentAmended'], undefined]);
    expect((await chair().get(`${address}?type=CommitmentAgreed&from=2024-01-01T00:00:00Z`)).body.items).toHaveLength(1);
    expect((await chair().get(`${address}?to=2024-01-01T00:00:00Z`)).body.items).toEqual([]);
    expect(await chair().get(`${address}?actor=chair&limit=2`, { 'If-None-Match': first.headers['etag']! })).toMatchObject({ status: 304 });
  });

  it('gives each list in pages of one moment', async () => {
    const first = await chair().get('/v1/commitments?agenda=csto-2024&limit=1');
    expect(first.body.items).toHaveLength(1);
    expect(first.body.next).toBeUndefined();
    for (const number of [2, 10, 3]) {
      last = (await chair().post('/v1/priorities/csto-2024.2/commitments', { number, text: { ru: `Обязательство ${number}` } })).body.position;
    }
    const pages = [await chair().get(`/v1/commitments?agenda=csto-2024&limit=2&${after(last)}`)];
    await chair().post('/v1/priorities/csto-2024.2/commitments', { number: 11, text: { ru: 'Позднее' } });
    for (let next = pages[0]!.body.next; next; next = pages.at(-1)!.body.next) {
      pages.push(await chair().get(`/v1/commitments?agenda=csto-2024&limit=2&cursor=${next}`));
    }
    expect(pages.flatMap(({ body }) => body.items.map(({ number }: { number: number }) => number))).toEqual([1, 2, 3, 10]);
    const [print, position] = JSON.parse(Buffer.from(pages[0]!.body.next as string, 'base64url').toString()) as string[];
    for (const number of ['1', 'x', 0.5]) {
      const forged = Buffer.from(JSON.stringify([print, position, 'csto-2024', 'csto-2024.2', number])).toString('base64url');
      expect(await chair().get(`/v1/commitments?agenda=csto-2024&cursor=${forged}`)).toMatchObject({ status: 400, body: { errors: [{ parameter: 'cursor' }] } });
    }
    expect(await chair().get(`/v1/commitments?agenda=other&cursor=${pages[0]!.body.next}`)).toMatchObject({ status: 400 });
  });

  it('answers 304 for what the reader has, and takes a read’s entity tag as If-Match', async () => {
    const read = await chair().get('/v1/commitments/csto-2024.2.1');
    const tag = read.headers['etag'] as string;
    expect(await chair().get('/v1/commitments/csto-2024.2.1', { 'If-None-Match': tag })).toMatchObject({ status: 304, text: '' });
    // As `fetch` asks by itself wherever a request has If-None-Match.
    const careful = { 'If-None-Match': tag, 'Cache-Control': 'no-cache' };
    expect(await chair().get('/v1/commitments/csto-2024.2.1', careful)).toMatchObject({ status: 304, text: '' });
    const patched = await chair().patch('/v1/commitments/csto-2024.2.1', { source: 'Акорда' }, { 'If-Match': tag });
    expect(patched.status).toBe(200);
    const stale = await chair().patch('/v1/commitments/csto-2024.2.1', { source: 'Другое' }, { 'If-Match': tag });
    expect(stale).toMatchObject({ status: 412, body: { code: 'STALE_REVISION' } });
  });

  it('names the parameter that asks about a moment that has not come', async () => {
    for (const parameter of ['from', 'to', 'asOf']) {
      const answer = await chair().get(`/v1/agendas/csto-2024/changes?${parameter}=${THE_LAST_POSITION}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'MOMENT_IN_FUTURE', errors: [{ parameter }] } });
    }
  });

  it('shows what a state owes and what a body carries', async () => {
    const owed = await kyrgyzstan().get('/v1/states/KG/obligations?agenda=csto-2024');
    const q1 = owed.body.items.find(
      ({ subject, period }: { subject: string; period: string }) => subject === 'csto-2024.2.1' && period === '2024-Q1',
    );
    expect(q1).toMatchObject({ timeliness: 'received', report: { id: report, delivery: 'on-track' } });
    expect(owed.body.items.find(({ subject }: { subject: string }) => subject === 'csto-2024.2.2')).toMatchObject({ timeliness: 'overdue', report: null });
    const carried = await chair().get('/v1/bodies/collective-forces/workload');
    expect(carried.body.items.map(({ subject, role }: { subject: string; role: string }) => [subject, role])).toEqual([
      ['csto-2024.2', 'lead'],
      ['csto-2024.2.1', 'lead'],
    ]);
  });

  it('opens the raw log to auditors alone, as JSON, as CloudEvents and live', async () => {
    expect(await chair().get('/v1/events')).toMatchObject({ status: 403 });
    const page = await auditor().get('/v1/events?limit=3');
    expect(page.body.items.map(({ type }: { type: string }) => type)).toEqual(['AgendaOpened', 'BodyRegistered', 'PriorityProposed']);
    const one = await auditor().get(`/v1/events/${page.body.items[2].id}`);
    expect(one.body).toEqual(page.body.items[2]);
    const lines = await auditor().get('/v1/events?stream=commitment-csto-2024.2.1', { Accept: 'application/x-ndjson' });
    const events = lines.text.trim().split('\n').map((line) => JSON.parse(line));
    expect(events[0]).toMatchObject({ specversion: '1.0', type: 'CommitmentProposed', subject: 'commitment-csto-2024.2.1', actorrole: 'chair' });

    const live = await service.follow(`/v1/events/live?after=${opening}`, await service.bearer({ role: 'auditor' }), 2);
    const [, second, third] = page.body.items as { position: string; type: string }[];
    expect(live.map(({ id, event }) => [id, event])).toEqual([second, third].map((event) => [event!.position, event!.type]));
  });
});
