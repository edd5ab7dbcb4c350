import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../testing/service.js';

const decision = { body: 'skb', date: '2024-01-15', number: '1' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** One edition from its dispatch to the last answer, and a second one. */
describe('an edition', () => {
  let service: TestService;
  let position: string;
  let digest: string;
  const E = '/v1/editions/a.e1';
  const chair = () => service.as({ role: 'chair' });
  const secretariat = () => service.as({ role: 'secretariat' });
  const liaison = (state: string) => service.as({ role: 'liaison', state, sub: `liaison-${state}` });
  const done = async (answer: Promise<{ status: number; text: string; body: { id: string; position: string } }>) => {
    const { status, text, body } = await answer;
    if (status >= 300) throw new Error(text);
    ({ position } = body);
    return body;
  };
  const read = async (as: ReturnType<typeof chair>, path: string) => as.get(`${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`);
  const states = async () => (await read(chair(), E)).body.recipients as { state: string; status: string; position: unknown }[];

  beforeAll(async () => {
    service = await startService();
    const opening = { organisation: 'CSTO', chair: 'KZ', title: { ru: 'А' }, term: { from: '2024-01-01', to: '2024-12-31' }, memberStates: ['KG', 'KZ', 'AM', 'TJ'], reportingPeriods: [] };
    await done(chair().post('/v1/agendas', { id: 'a', ...opening }));
    await done(chair().post('/v1/agendas', { id: 'empty', ...opening }));
    await done(chair().post('/v1/agendas/a/priorities', { number: 1, title: { ru: 'Приоритет', kk: 'Басымдық', en: 'Priority' } }));
    await done(chair().post('/v1/priorities/a.1/commitments', { number: 1, text: { ru: 'Обязательство' }, due: '2024-11-30' }));
    await done(secretariat().post('/v1/agendas/a/participations', { state: 'TJ', participation: 'not-participating' }));
  });
  afterAll(() => service.close());

  it.each([
    ['of an empty agenda', 'empty', {}, 409, 'AGENDA_EMPTY'],
    ['of an agenda that is none', 'none', {}, 404, 'AGENDA_UNKNOWN'],
    ['to nobody', 'a', { recipients: [] }, 422, 'NO_RECIPIENTS'],
    ['to a state that takes no part', 'a', { recipients: ['KG', 'TJ'] }, 422, 'RECIPIENT_NOT_PARTICIPATING'],
    ['to no member state', 'a', { recipients: ['UZ'] }, 422, 'STATE_UNKNOWN'],
    ['with a deadline in the past', 'a', { silenceDeadline: '2024-03-01T00:00:00Z' }, 422, 'DEADLINE_PAST'],
    ['with a deadline that is none', 'a', { silenceDeadline: 'soon' }, 422, 'FIELDS_INVALID'],
    ['for nothing', 'a', { purpose: 'fun' }, 422, 'FIELDS_INVALID'],
  ])('is not dispatched %s', async (_how, agenda, body, status, code) => {
    const answer = await chair().post(`/v1/agendas/${agenda}/editions`, { purpose: 'for-consideration', ...body });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('is dispatched under the next number, once however often it is asked with one key', async () => {
    const body = { purpose: 'for-consideration', silenceDeadline: '2099-03-12' };
    const [first, again] = await Promise.all([1, 2].map(() => chair().post('/v1/agendas/a/editions', body, { 'Idempotency-Key': 'e1' })));
    expect(first).toMatchObject({ status: 201, headers: { location: '/v1/editions/a.e1' }, body: { id: 'a.e1', revision: 0 } });
    expect(again!.body).toEqual(first!.body);
    // The read side has moved on meanwhile, and with it what would be frozen.
    await done(chair().patch('/v1/commitments/a.1.1', { source: 'после' }));
    const later = await chair().post('/v1/agendas/a/editions', body, { 'Idempotency-Key': 'e1' });
    expect(later).toMatchObject({ status: 201, body: { id: 'a.e1', revision: 0 } });
    const another = await chair().post('/v1/agendas/a/editions', { purpose: 'adopted' }, { 'Idempotency-Key': 'e1' });
    expect(another).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('is read as it was dispatched, with the digest of its very bytes, whatever the agenda becomes', async () => {
    const before = await read(chair(), `${E}?lang=en`);
    expect(before.body).toMatchObject({
      id: 'a.e1', number: 1, purpose: 'for-consideration', silenceDeadline: '2099-03-13T00:00:00.000Z',
      recipients: [{ state: 'KG', name: 'Kyrgyzstan', status: 'issued' }, { state: 'KZ' }, { state: 'AM' }],
      content: { format: 'mindet-edition/1', edition: { id: 'a.e1', recipients: ['KG', 'KZ', 'AM'] }, agenda: { priorities: [{ title: { ru: 'Приоритет', kk: 'Басымдық', en: 'Priority' } }] } },
      checkpoint: { note: expect.stringContaining('\n') },
    });
    ({ digest } = before.body);

    await done(chair().patch('/v1/priorities/a.1', { title: { ru: 'Другое' } }));
    await done(chair().post('/v1/priorities/a.1/withdrawal', { reason: 'Снято' }));
    await done(chair().post('/v1/agendas/a/priorities', { number: 2, title: { ru: 'Второй' } }));
    const after = await read(chair(), `${E}?lang=en`);
    expect(after.text).toBe(before.text);
    expect(after.headers['etag']).toBe(before.headers['etag']);
    const content = await read(chair(), `${E}/content`);
    expect(sha256(content.text)).toBe(digest);
    expect(before.text).toContain(content.text);
    expect(content.headers['repr-digest']).toBe(`sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`);
    expect(content.text).not.toContain('Другое');
  });

  it('is made again from the log where its content is not kept, and is the same', async () => {
    await service.stores.db.query('alter table editions.content disable trigger all; delete from editions.content; alter table editions.content enable trigger all');
    expect(sha256((await read(chair(), `${E}/content`)).text)).toBe(digest);
  });

  it('is never changed where it is kept', async () => {
    await expect(service.stores.db.query("update editions.content set bytes = 'x'")).rejects.toThrow('never changed');
    await expect(service.stores.db.query('delete from editions.content')).rejects.toThrow('never changed');
  });

  it('is delivered by being fetched by the liaison of a state to which it was sent, once', async () => {
    await read(liaison('TJ'), `${E}/content`);
    await read(liaison('KG'), `${E}/content`);
    await read(liaison('KG'), `${E}/content`);
    position = await service.stores.store.head();
    expect(await states()).toMatchObject([{ state: 'KG', status: 'delivered', deliveries: [{ channel: 'pull', outcome: 'delivered' }] }, { status: 'issued' }, { status: 'issued' }]);
    const { body } = await read(chair(), `${E}/history?type=EditionDelivered`);
    expect(body.items).toMatchObject([{ actor: { subject: 'mindet', role: 'service' } }]);
  });

  it('is acknowledged with its digest alone, by those alone to whom it was sent', async () => {
    expect(await liaison('KG').post(`${E}/acknowledgement`, { digest: 'f'.repeat(64) })).toMatchObject({ status: 422, body: { code: 'DIGEST_MISMATCH', errors: [{ pointer: '/digest' }] } });
    expect(await liaison('KG').post(`${E}/acknowledgement`, { digest: 'f' })).toMatchObject({ status: 422, body: { code: 'FIELDS_INVALID' } });
    expect(await liaison('TJ').post(`${E}/acknowledgement`, { digest })).toMatchObject({ status: 403, body: { code: 'NOT_A_RECIPIENT' } });
    expect(await liaison('KG').post(`${E}/acknowledgement`, { digest, state: 'KZ' })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/state' }] } });
    expect(await liaison('KG').post('/v1/editions/a.e9/acknowledgement', { digest })).toMatchObject({ status: 404, body: { code: 'EDITION_UNKNOWN' } });
    await done(liaison('KG').post(`${E}/acknowledgement`, { digest: digest.toUpperCase() }));
    expect(await states()).toMatchObject([{ state: 'KG', status: 'acknowledged', acknowledgedBy: 'liaison-KG' }, {}, {}]);
  });

  it('is answered with positions, of which each is kept', async () => {
    await done(liaison('KG').post(`${E}/positions`, { position: 'reservation', text: 'Пункт 1.1' }));
    await done(liaison('KG').post(`${E}/positions`, { position: 'no-objection' }));
    expect(await liaison('TJ').post(`${E}/positions`, { position: 'objection' })).toMatchObject({ status: 403 });
    await done(secretariat().post('/v1/agendas/a/participations', { state: 'AM', participation: 'suspended', decision }));
    expect(await liaison('AM').post(`${E}/positions`, { position: 'objection' })).toMatchObject({ status: 409, body: { code: 'STATE_NOT_PARTICIPATING' } });
    const { body } = await read(secretariat(), `${E}/history?type=PositionStated&lang=en`);
    expect(body.items).toMatchObject([{ changes: expect.arrayContaining([expect.objectContaining({ field: '/recipients/KG/stated/position', to: 'reservation', toText: 'reservation' })]) }, {}]);
  });

  it('is tallied: who has it, who said what, who is silent, how long is left', async () => {
    const { body } = await read(secretariat(), `${E}/tally`);
    expect(body).toMatchObject({
      sentTo: ['KG', 'KZ', 'AM'], has: ['KG'], failed: [], acknowledged: ['KG'], silent: ['KZ', 'AM'], late: [],
      positions: [{ position: 'no-objection', states: ['KG'] }, { position: 'reservation', states: [] }, { states: [] }, { states: [] }],
    });
    expect(body.secondsLeft).toBeGreaterThan(1e9);
    expect(await read(liaison('KG'), `${E}/tally`)).toMatchObject({ status: 403 });
  });

  it('differs from the next one, and from what a state acknowledged last, as the agenda has changed between them', async () => {
    const second = await done(chair().post('/v1/agendas/a/editions', { purpose: 'progress', recipients: ['KG'] }));
    expect(second.id).toBe('a.e2');
    const things = async (as: ReturnType<typeof chair>, query: string) =>
      ((await read(as, `/v1/agendas/a/changes?${query}`)).body.items as { thing: string; id: string }[]).map(({ thing, id }) => `${thing} ${id}`);
    expect(await things(chair(), 'from=a.e1&to=a.e2')).toEqual(expect.arrayContaining(['priority a.1', 'priority a.2', 'member_state a AM']));
    expect(await things(chair(), 'from=a.e2&to=a.e2')).toEqual([]);
    expect(await things(liaison('KG'), 'from=acknowledged&to=a.e2')).toEqual(await things(chair(), 'from=a.e1&to=a.e2'));
    expect(await things(liaison('KZ'), 'from=acknowledged&to=a.e1')).toEqual(await things(chair(), 'to=a.e1'));
    expect(await read(chair(), '/v1/agendas/a/changes?from=acknowledged')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'from' }] } });
    expect(await read(chair(), '/v1/agendas/a/changes?from=a.e7')).toMatchObject({ status: 404, body: { code: 'EDITION_UNKNOWN' } });
    expect(await read(chair(), '/v1/agendas/empty/changes?from=a.e1')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'from' }] } });
  });

  it('is listed with the others of its agenda, by number, page by page', async () => {
    const first = (await read(chair(), '/v1/editions?agenda=a&limit=1')).body;
    expect(first).toMatchObject({ items: [{ id: 'a.e1' }], next: expect.any(String) });
    expect((await read(chair(), `/v1/editions?agenda=a&limit=1&cursor=${first.next}`)).body).toMatchObject({ items: [{ id: 'a.e2', recipients: [{ state: 'KG' }] }] });
    expect((await read(chair(), '/v1/editions?agenda=empty')).body.items).toEqual([]);
  });

  it('gets a number of its own, also where several are dispatched at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => chair().post('/v1/agendas/a/editions', { purpose: 'progress' })));
    expect(answers.map(({ body }) => body.id as string).toSorted()).toEqual(['a.e3', 'a.e4', 'a.e5', 'a.e6', 'a.e7']);
  });

  it('of a closed agenda is the final one', async () => {
    await done(chair().post('/v1/agendas/a/closure', { decision }));
    expect(await chair().post('/v1/agendas/a/editions', { purpose: 'progress' })).toMatchObject({ status: 409, body: { code: 'AGENDA_CLOSED' } });
    await done(chair().post('/v1/agendas/a/editions', { purpose: 'final' }));
  });
});
