import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TokenRequest } from '#access/issue-token.js';
import { testApi, type TestApi } from '../testing/api.js';
import { commandSide } from '../testing/command-side.js';

const NOW = new Date('2024-02-01T09:00:00Z');
const CHAIR: TokenRequest = { role: 'chair' };
const SECRETARIAT: TokenRequest = { role: 'secretariat' };
const KG: TokenRequest = { role: 'liaison', state: 'KG' };
const AGENDA = {
  id: 'csto-2024',
  organisation: 'CSTO',
  chair: 'KZ',
  title: { ru: 'Повестка' },
  term: { from: '2024-01-01', to: '2024-12-31' },
  memberStates: ['KZ', 'KG', 'TJ'],
  reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' }],
};
const PRIORITY = { number: 2, title: { ru: 'Военное сотрудничество' } };
const proposal = (changes: object) => ({ number: 7, title: { ru: 'Новый' }, ...changes });
const REPORT = { period: '2024-Q1', delivery: 'on-track', narrative: 'По плану', language: 'ru' };

describe('bad input is refused by name and leaves no event', () => {
  let side: Awaited<ReturnType<typeof commandSide>>;
  let api: TestApi;
  let head: string;

  type Method = 'post' | 'put' | 'patch' | 'delete';
  const send = async (actor: TokenRequest, address: string, body?: unknown, headers: Record<string, string> = {}) => {
    const [method, path] = address.split(' ') as [Method, string];
    const authorization = await api.bearer(actor);
    return api.http()[method](path).set({ Authorization: authorization, 'Content-Type': 'application/json', ...headers }).send(body as object);
  };
  const done = async (...request: Parameters<typeof send>) => {
    const response = await send(...request);
    expect([response.status, response.body]).toEqual([expect.any(Number), expect.objectContaining({ position: expect.any(String) })]);
    return response;
  };

  beforeAll(async () => {
    side = await commandSide(() => NOW);
    api = await testApi({ modules: [side.module], clock: () => NOW });
    await done(CHAIR, 'post /v1/agendas', AGENDA);
    await done(SECRETARIAT, 'post /v1/bodies', { id: 'skb', names: { ru: 'СКБ' }, kind: 'council' });
    await done(CHAIR, 'post /v1/agendas/csto-2024/priorities', PRIORITY);
    await done(CHAIR, 'post /v1/priorities/csto-2024.2/commitments', { number: 1, text: { ru: 'Завершить' } });
  });
  afterAll(async () => {
    await api.close();
    await side.close();
  });
  beforeEach(async () => {
    head = await side.store.head();
  });
  afterEach(async () => {
    expect(await side.store.head()).toBe(head);
  });

  const PROPOSE = 'post /v1/agendas/csto-2024/priorities';

  it.each<[string, TokenRequest, string, unknown, string]>([
    ['a number that is a text', CHAIR, PROPOSE, proposal({ number: '7' }), '/number'],
    ['a number out of range', CHAIR, PROPOSE, proposal({ number: 10_000 }), '/number'],
    ['a number that is not whole', CHAIR, PROPOSE, proposal({ number: 1.5 }), '/number'],
    ['a missing number', CHAIR, PROPOSE, { title: { ru: 'Новый' } }, '/number'],
    ['a title that is a text', CHAIR, PROPOSE, proposal({ title: 'Новый' }), '/title'],
    ['a missing Russian text', CHAIR, PROPOSE, proposal({ title: { en: 'New' } }), '/title/ru'],
    ['a Russian text of blanks', CHAIR, PROPOSE, proposal({ title: { ru: ' \u200f\u00a0' } }), '/title/ru'],
    ['an unknown language', CHAIR, PROPOSE, proposal({ title: { ru: 'Новый', fr: 'Nouveau' } }), '/title/fr'],
    ['an unknown field', CHAIR, PROPOSE, proposal({ priority: 'high' }), '/priority'],
    ['an unknown field in a list', CHAIR, PROPOSE, proposal({ instruments: [{ title: { ru: 'О' } }, { title: { ru: 'О' }, url: 'x' }] }), '/instruments/1/url'],
    ['NUL', CHAIR, PROPOSE, proposal({ title: { ru: 'a\0b' } }), '/title/ru'],
    ['half of a surrogate pair', CHAIR, PROPOSE, '{"number":7,"title":{"ru":"\\ud83d"}}', '/title/ru'],
    ['a text without end', CHAIR, PROPOSE, proposal({ title: { ru: 'я'.repeat(501) } }), '/title/ru'],
    ['__proto__', CHAIR, PROPOSE, '{"number":7,"title":{"ru":"x","__proto__":{"en":"y"}},"__proto__":{"source":"z"}}', '/title/__proto__'],
    ['constructor', CHAIR, PROPOSE, '{"number":7,"title":{"ru":"x"},"constructor":{"prototype":{"polluted":1}}}', '/constructor'],
    ['a body that is a list', CHAIR, PROPOSE, [proposal({})], ''],
    ['a body that is null', CHAIR, PROPOSE, 'null', ''],
    ['a date that is none', SECRETARIAT, 'post /v1/priorities/csto-2024.2/agreement', { decision: { body: 'skb', date: '2024-02-30' } }, '/decision/date'],
    ['a missing decision', SECRETARIAT, 'post /v1/priorities/csto-2024.2/agreement', {}, '/decision'],
    ['a day in the future', CHAIR, PROPOSE, proposal({ occurredOn: '2024-03-01' }), '/occurredOn'],
    ['a day that is none', CHAIR, PROPOSE, proposal({ occurredOn: '01.02.2024' }), '/occurredOn'],
    ['a state that is none', SECRETARIAT, 'post /v1/agendas/csto-2024/participations', { state: 'Kyrgyzstan', participation: 'suspended' }, '/state'],
    ['a state that is not a member', SECRETARIAT, 'post /v1/agendas/csto-2024/participations', { state: 'US', participation: 'suspended' }, '/state'],
    ['an unknown participation', SECRETARIAT, 'post /v1/agendas/csto-2024/participations', { state: 'KG', participation: 'maybe' }, '/participation'],
    ['an unknown body', CHAIR, 'post /v1/priorities/csto-2024.2/assignments', { body: 'nobody', role: 'lead' }, '/body'],
    ['an unknown assignment role', CHAIR, 'post /v1/priorities/csto-2024.2/assignments', { body: 'skb', role: 'boss' }, '/role'],
    ['a percentage out of range', KG, 'post /v1/priorities/csto-2024.2/reports', { ...REPORT, percent: 101 }, '/percent'],
    ['an unknown delivery', KG, 'post /v1/priorities/csto-2024.2/reports', { ...REPORT, delivery: 'great' }, '/delivery'],
    ['an unknown period', KG, 'post /v1/priorities/csto-2024.2/reports', { ...REPORT, period: '2025-Q1' }, '/period'],
    ['a state named in a report', KG, 'post /v1/priorities/csto-2024.2/reports', { ...REPORT, state: 'TJ' }, '/state'],
    ['evidence that is a script', KG, 'post /v1/priorities/csto-2024.2/reports', { ...REPORT, evidence: [{ title: 'x', url: 'javascript:alert(1)' }] }, '/evidence/0/url'],
    ['a kind of body that is none', SECRETARIAT, 'post /v1/bodies', { id: 'x', names: { ru: 'X' }, kind: 'ministry' }, '/kind'],
    ['an id that is none', SECRETARIAT, 'post /v1/bodies', { id: 'X Y', names: { ru: 'X' }, kind: 'council' }, '/id'],
    ['a term that ends before it begins', CHAIR, 'post /v1/agendas', { ...AGENDA, id: 'a', term: { from: '2024-02-01', to: '2024-01-01' } }, '/term/to'],
    ['a member state named twice', CHAIR, 'post /v1/agendas', { ...AGENDA, id: 'a', memberStates: ['KZ', 'KG', 'KG'] }, '/memberStates/2'],
  ])('%s: 422', async (_case, actor, address, body, pointer) => {
    const response = await send(actor, address, body);
    expect([response.status, response.headers['content-type']]).toEqual([422, 'application/problem+json; charset=utf-8']);
    expect(response.body.errors).toContainEqual({ pointer, detail: expect.stringMatching(/\w/) });
  });

  it('polluted no prototype', () => {
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('source');
  });

  it.each(['{"number":7,', '', '<xml/>', "{'number':7}"].filter(Boolean))('malformed JSON: 400 for %p', async (body) => {
    const response = await send(CHAIR, PROPOSE, body);
    expect([response.status, response.body.code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('a body of 2 MiB: 413', async () => {
    const response = await send(CHAIR, PROPOSE, proposal({ source: 'x'.repeat(2 * 1024 * 1024) }));
    expect([response.status, response.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });

  it('another kind of body: 415', async () => {
    const response = await send(CHAIR, PROPOSE, 'number=7', { 'Content-Type': 'application/x-www-form-urlencoded' });
    expect([response.status, response.body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it.each<[string, TokenRequest, string, unknown, number, string]>([
    ['an agenda that exists already', CHAIR, 'post /v1/agendas', AGENDA, 409, 'AGENDA_ALREADY_OPENED'],
    ['a body that exists already', SECRETARIAT, 'post /v1/bodies', { id: 'skb', names: { ru: 'Другой' }, kind: 'forces' }, 409, 'BODY_ALREADY_REGISTERED'],
    ['a priority that exists already', CHAIR, PROPOSE, PRIORITY, 409, 'PRIORITY_ALREADY_PROPOSED'],
    ['a commitment that exists already', CHAIR, 'post /v1/priorities/csto-2024.2/commitments', { number: 1, text: { ru: 'Иное' } }, 409, 'COMMITMENT_ALREADY_PROPOSED'],
    ['an agenda that does not exist', CHAIR, 'post /v1/agendas/csto-2030/priorities', PRIORITY, 404, 'AGENDA_UNKNOWN'],
    ['a priority that does not exist', CHAIR, 'patch /v1/priorities/csto-2024.9', { title: { ru: 'x' } }, 404, 'PRIORITY_UNKNOWN'],
    ['a body that does not exist', SECRETARIAT, 'patch /v1/bodies/nobody', { names: { ru: 'x' } }, 404, 'BODY_UNKNOWN'],
    ['a report that does not exist', SECRETARIAT, 'post /v1/reports/018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47/acceptance', {}, 404, 'REPORT_UNKNOWN'],
    ['a liaison of no member state', { role: 'liaison', state: 'US' }, 'post /v1/priorities/csto-2024.2/reports', REPORT, 403, 'NOT_A_MEMBER_STATE'],
    ['a body that the work is not assigned to', { role: 'body', body: 'skb' }, 'post /v1/priorities/csto-2024.2/reports', REPORT, 403, 'NOT_ASSIGNED'],
    ['another role', KG, PROPOSE, PRIORITY, 403, 'ROLE_NOT_ALLOWED'],
  ])('%s', async (_case, actor, address, body, status, code) => {
    const response = await send(actor, address, body);
    expect([response.status, response.body.code]).toEqual([status, code]);
  });

  it.each(['"7"', '"0-abc", "1"', 'W/"0"', '0'])('a stale or nonsensical If-Match: %s', async (tag) => {
    const response = await send(CHAIR, 'patch /v1/priorities/csto-2024.2', { title: { ru: 'Иначе' } }, { 'If-Match': tag });
    expect(response.body).toMatchObject(tag === '"7"' ? { status: 412, code: 'STALE_REVISION' } : { status: 400, code: 'HEADER_INVALID' });
    expect(response.body.errors[0].header).toBe('If-Match');
  });

  it('a parameter that is not known, where there is no body', async () => {
    const response = await send(CHAIR, 'delete /v1/priorities/csto-2024.2/assignments/skb?ocurredOn=2024-01-01');
    expect(response.body).toMatchObject({ status: 400, code: 'PARAMETER_INVALID', errors: [{ parameter: 'ocurredOn' }] });
  });

  describe('and what it stands beside still works', () => {
    afterEach(async () => {
      head = await side.store.head();
    });

    it('a reused idempotency key: 422, and the first command answered again as it was', async () => {
      const key = { 'Idempotency-Key': 'propose 5' };
      const first = await done(CHAIR, PROPOSE, proposal({ number: 5 }), key);
      const again = await done(CHAIR, PROPOSE, proposal({ number: 5 }), key);
      expect([again.status, again.body, again.headers['location'], again.headers['etag']]).toEqual([
        201, first.body, '/v1/priorities/csto-2024.5', first.headers['etag'],
      ]);
      head = await side.store.head();
      const other = await send(CHAIR, PROPOSE, proposal({ number: 6 }), key);
      expect([other.status, other.body.code, other.body.errors[0].header]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key']);
      expect(await side.store.head()).toBe(head);
    });

    it('a liaison corrects its own report alone', async () => {
      const { body } = await done(KG, 'post /v1/commitments/csto-2024.2.1/reports', REPORT);
      head = await side.store.head();
      const other = await send({ role: 'liaison', state: 'TJ' }, `put /v1/reports/${body.id}`, REPORT);
      expect([other.status, other.body.code]).toEqual([403, 'NOT_YOUR_REPORT']);
      expect(await side.store.head()).toBe(head);
    });

    it('quotes, marks of direction and markup are texts like others, kept to the letter', async () => {
      const ru = `'; drop table events; -- "«\u200fשלום\u200e»" <script>alert(1)</script> \${x} %s \\u0000 😀`;
      const { body } = await done(CHAIR, PROPOSE, proposal({ number: 8, title: { ru } }));
      const [event] = await side.store.readStream(`priority-${body.id}`, 0, 1);
      expect(event!.data).toMatchObject({ title: { ru } });
    });
  });
});
