import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MOST_TRIES } from '#delivery/backoff.js';
import { smtpReceiver, type SmtpReceiver } from '#delivery/testing/smtp-receiver.js';
import { webhookReceiver, type WebhookReceiver } from '#delivery/testing/webhook-receiver.js';
import { done, openSmallAgenda } from '../testing/opening.js';
import { startService, type TestService } from '../testing/service.js';

const DAY = 86_400_000;
// Rendering what letters bring along takes its time where the machine is busy.
jest.setTimeout(90_000);
type Delivery = { id: string; kind: string; state: string; channel: string; status: string; round: number; detail: string; attempts: { outcome: string }[] };

/** The service with a clock that the spec moves, a receiver of webhooks and a mail server. */
describe('What is sent to the states', () => {
  let service: TestService;
  let receiver: WebhookReceiver;
  let post: SmtpReceiver;
  let now: Date;
  let secret: string;
  const secretariat = () => service.as({ role: 'secretariat' });
  const chair = () => service.as({ role: 'chair' });
  const liaison = (state: string) => service.as({ role: 'liaison', state, sub: `liaison-${state}` });

  beforeEach(async () => {
    now = new Date('2024-03-01T09:00:00Z');
    receiver = await webhookReceiver();
    post = await smtpReceiver();
    service = await startService(
      { WEBHOOK_PRIVATE_NETWORKS: 'allow', SMTP_URL: post.url, SMTP_FROM: 'Mindet <mindet@odkb.example>', SMTP_TLS: 'off' },
      () => now,
    );
    await openSmallAgenda(service, {
      memberStates: ['KZ', 'KG', 'AM'],
      reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' }],
    });
    await reached();
    const set = await secretariat().put('/v1/states/KG/channels/webhook', { url: `${receiver.url}/kg` });
    expect(set).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
    secret = set.body.secret;
    expect(await secretariat().put('/v1/states/AM/channels/email', { addresses: ['desk@mfa.example'], language: 'en' })).toMatchObject({ status: 201 });
  });
  afterEach(async () => {
    await receiver.close();
    await service.close();
    await post.close();
  });

  const reached = async () => void (await chair().get(`/v1/agendas?minPosition=${await service.stores.store.head()}`));
  const deliveries = async (query = '') => (await secretariat().get(`/v1/deliveries${query}`)).body.items as Delivery[];
  /** Looks again, whenever the keeper has been woken, until it holds. */
  async function eventually<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
    for (;;) {
      const seen = await look();
      if (holds(seen)) return seen;
      await service.stores.db.query(`select pg_notify('delivery_due', ''), pg_sleep(0.02)`);
    }
  }
  const settled = (query: string) =>
    eventually(
      async () => {
        const all = await deliveries(query);
        // Where a try failed, because the machine is busy or the receiver is meant to, the time of the next one comes.
        if (all.some(({ status, attempts }) => status === 'waiting' && attempts.length > 0)) now = new Date(now.getTime() + 10_000);
        return all;
      },
      (all) => all.length > 0 && all.every(({ status }) => status === 'delivered' || status === 'failed'),
    );
  const dispatch = (more: object = {}) => done(chair().post('/v1/agendas/a/editions', { purpose: 'for-consideration', ...more }));
  const recipients = async (id: string) => {
    await reached();
    return (await chair().get(`/v1/editions/${id}`)).body.recipients as { state: string; status: string; deliveries: object[]; position: object | null }[];
  };

  it('is the edition with its content, by webhook and by letter, and who takes neither fetches it', async () => {
    const { id } = await dispatch();
    await settled(`?edition=${id}`);

    const { digest } = (await chair().get(`/v1/editions/${id}`)).body;
    const { type, data } = receiver.received[0]!.verified(secret);
    expect({ type, data }).toMatchObject({ type: 'edition.dispatched', data: { edition: id, digest, number: 1 } });
    expect(createHash('sha256').update(data['content'] as string).digest('hex')).toBe(digest);

    const { to, mail } = post.received[0]!;
    expect(to).toEqual(['desk@mfa.example']);
    expect(mail.subject).toBe('ОДКБ: Agenda — edition No. 1 (for consideration)');
    expect(mail.text).toContain(digest);
    expect(createHash('sha256').update(mail.attachments[0]!.content).digest('hex')).toBe(digest);
    const pdf = mail.attachments[1]!;
    expect([pdf.filename, pdf.contentType, pdf.content.subarray(0, 5).toString()]).toEqual([`${id}-en.pdf`, 'application/pdf', '%PDF-']);

    expect(await recipients(id)).toMatchObject([
      { state: 'KZ', status: 'issued', deliveries: [] },
      { state: 'KG', status: 'delivered', deliveries: [{ channel: 'webhook', outcome: 'delivered' }] },
      { state: 'AM', status: 'delivered', deliveries: [{ channel: 'email', outcome: 'delivered' }] },
    ]);
    expect(receiver.received).toHaveLength(1);
    await liaison('KG').post(`/v1/editions/${id}/acknowledgement`, { digest: (data as { digest: string }).digest });
    expect((await recipients(id))[1]).toMatchObject({ status: 'acknowledged' });
  });

  it('is tried again later where the receiver fails, each time under the same id and with the same bytes', async () => {
    let failing = 3;
    receiver.answering(() => ({ status: failing-- > 0 ? 500 : 200 }));
    const { id } = await dispatch({ recipients: ['KG'] });
    for (let tries = 1; tries <= 3; tries += 1) {
      const [waiting] = await eventually(() => deliveries(`?edition=${id}`), ([one]) => one?.attempts.length === tries);
      expect(waiting).toMatchObject({ status: 'waiting', detail: 'the receiver answered 500' });
      expect((await recipients(id))[0]).toMatchObject({ status: 'issued' });
      now = new Date(now.getTime() + DAY);
    }
    const [message] = await settled(`?edition=${id}`);
    expect(message).toMatchObject({ status: 'delivered', attempts: [{ outcome: 'retry' }, { outcome: 'retry' }, { outcome: 'retry' }, { outcome: 'delivered' }] });
    expect(new Set(receiver.received.map((one) => `${one.id} ${one.body}`)).size).toBe(1);
    expect(new Set(receiver.received.map((one) => one.headers['webhook-timestamp'])).size).toBe(4);
  });

  it('is given up after the last try, kept, and sent again when that is asked for', async () => {
    receiver.answering(() => ({ status: 500 }));
    const { id } = await dispatch({ recipients: ['KG'] });
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      await eventually(() => deliveries(`?edition=${id}`), ([one]) => one?.attempts.length === tries);
      now = new Date(now.getTime() + 2 * DAY);
    }
    await eventually(() => deliveries(`?edition=${id}`), ([one]) => one?.status === 'failed');
    expect(await recipients(id)).toMatchObject([{ status: 'failed', deliveries: [{ channel: 'webhook', outcome: 'failed', reason: 'the receiver answered 500' }] }]);
    const { body } = await chair().get(`/v1/editions/${id}/tally`);
    expect(body).toMatchObject({ failed: ['KG'], has: [] });

    receiver.answering(() => ({ status: 200 }));
    const first = receiver.received[0]!.id;
    expect(await secretariat().post(`/v1/editions/${id}/deliveries`, { state: 'KG' })).toMatchObject({ status: 202, body: { channels: ['webhook'] } });
    const [message] = await settled(`?edition=${id}`);
    expect(message).toMatchObject({ status: 'delivered', round: 1 });
    expect(receiver.received.at(-1)!.id).toBe(first);
    expect(await recipients(id)).toMatchObject([{ status: 'delivered' }]);
  });

  it.each([
    ['says that it wants no more', { status: 410 }],
    ['leads elsewhere', { status: 302, headers: { Location: 'https://elsewhere.example/' } }],
  ] as const)('is not tried again where the receiver %s', async (_what, answer) => {
    receiver.answering(() => answer);
    const { id } = await dispatch({ recipients: ['KG'] });
    expect(await settled(`?edition=${id}`)).toMatchObject([{ status: 'failed', attempts: [{ outcome: 'refused' }] }]);
    expect(await recipients(id)).toMatchObject([{ status: 'failed' }]);
  });

  it('goes by a channel that a state got later, when that is asked for, and nowhere where there is none', async () => {
    const { id } = await dispatch({ recipients: ['KZ'] });
    await reached();
    expect(await secretariat().post(`/v1/editions/${id}/deliveries`, { state: 'KZ' })).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_SEND_AGAIN' } });
    expect(await secretariat().post(`/v1/editions/${id}/deliveries`, { state: 'AM' })).toMatchObject({ status: 403, body: { code: 'NOT_A_RECIPIENT' } });
    await secretariat().put('/v1/states/KZ/channels/email', { addresses: ['kz@mfa.example'], language: 'kk' });
    expect(await secretariat().post(`/v1/editions/${id}/deliveries`, { state: 'KZ' })).toMatchObject({ status: 202, body: { channels: ['email'] } });
    await settled(`?edition=${id}`);
    expect(post.received.at(-1)).toMatchObject({ to: ['kz@mfa.example'], mail: { subject: 'ОДКБ: Повестка — № 1 басылым (қарауға)' } });
  });

  it('counts silence as no objection when the deadline has passed, by the clock and once', async () => {
    const { id } = await dispatch({ silenceDeadline: '2024-03-10T18:00:00Z' });
    await liaison('KG').post(`/v1/editions/${id}/positions`, { position: 'reservation', text: 'Пункт 1' });
    now = new Date('2024-03-10T17:59:59Z');
    const jobs = async () => (await service.as({ role: 'operator' }).get('/v1/jobs')).body;
    await reached();
    expect(await jobs()).toMatchObject({ running: true, silence: [{ edition: id, deadline: '2024-03-10T18:00:00.000Z' }] });
    expect((await chair().get(`/v1/editions/${id}/tally`)).body).toMatchObject({ secondsLeft: 1, silent: ['KZ', 'AM'] });

    now = new Date('2024-03-10T18:00:00Z');
    await eventually(jobs, ({ silence }) => silence.length === 0);
    await reached();
    const { body } = await chair().get(`/v1/editions/${id}/tally`);
    expect(body).toMatchObject({ secondsLeft: 0, silent: ['KZ', 'AM'], positions: [{ position: 'no-objection', states: ['KZ', 'AM'] }, { position: 'reservation', states: ['KG'] }, {}, {}] });

    now = new Date('2024-04-01T00:00:00Z');
    await done(liaison('AM').post(`/v1/editions/${id}/positions`, { position: 'objection', text: 'Поздно' }));
    await reached();
    const late = (await chair().get(`/v1/editions/${id}/tally`)).body;
    expect(late).toMatchObject({ late: ['AM'], positions: [{ states: ['KZ', 'AM'] }, { states: ['KG'] }, { position: 'objection', states: [] }, {}] });
    const history = (await chair().get(`/v1/editions/${id}/history?type=PositionStated`)).body.items;
    expect(history).toHaveLength(4);
  });

  it('reminds those who owe reports before the due day and after it, once each, and leaves those alone who reported', async () => {
    await done(liaison('KG').post('/v1/commitments/a.1.1/reports', { period: '2024-Q1', delivery: 'on-track', narrative: 'Есть', language: 'ru' }));
    await secretariat().put('/v1/states/KZ/channels/webhook', { url: `${receiver.url}/kz` });
    const days = ['2024-04-07', '2024-04-08', '2024-04-09', '2024-04-15', '2024-04-16', '2024-04-17', '2024-04-30'];
    const seen: string[][] = [];
    for (const day of days) {
      now = new Date(`${day}T09:00:00Z`);
      // The keeper looks at reminders every ten minutes of the clock.
      await eventually(async () => (await deliveries()).length, () => true);
      const reminders = await eventually(
        async () => (await deliveries()).filter(({ kind }) => kind === 'reminder'),
        (all) => all.length >= (day < '2024-04-08' ? 0 : day < '2024-04-16' ? 2 : 4) && all.every(({ status }) => status === 'delivered'),
      );
      seen.push(reminders.map(({ state, channel }) => `${state} ${channel}`).toSorted());
    }
    const once = ['AM email', 'KZ webhook'];
    const twice = ['AM email', 'AM email', 'KZ webhook', 'KZ webhook'];
    expect(seen).toEqual([[], once, once, once, twice, twice, twice]);
    expect((await service.as({ role: 'operator' }).get('/v1/jobs')).body.reminders).toEqual({ sent: 4, quiet: 2 });
    const told = receiver.received.filter(({ path }) => path === '/kz').map(({ body }) => JSON.parse(body) as { type: string; data: { owed: object[] } });
    expect(told).toMatchObject([
      { type: 'report.due-soon', data: { period: '2024-Q1', due: '2024-04-15', owed: [{ subject: 'a.1.1', title: { ru: 'Обязательство' } }] } },
      { type: 'report.overdue' },
    ]);
    expect(post.received.map(({ mail }) => mail.subject)).toEqual(['ОДКБ: report due soon for 2024-Q1, 2024-04-15', 'ОДКБ: report overdue for 2024-Q1, 2024-04-15']);
  });

  it('tells a reporter that its report came back, and that an amendment lapsed the acceptance of one', async () => {
    const report = { period: '2024-Q1', delivery: 'on-track', narrative: 'Есть', language: 'ru' };
    const { id } = await done(liaison('KG').post('/v1/commitments/a.1.1/reports', report));
    await done(secretariat().post(`/v1/reports/${id}/return`, { reason: 'Уточните' }));
    await eventually(() => deliveries('?state=KG'), (all) => all.length === 1 && all[0]!.status === 'delivered');
    await done(liaison('KG').put(`/v1/reports/${id}`, report));
    await done(secretariat().post(`/v1/reports/${id}/acceptance`, {}));
    await done(chair().patch('/v1/commitments/a.1.1', { source: 'Не текст' }));
    await done(chair().patch('/v1/commitments/a.1.1', { text: { ru: 'Другой текст' } }));
    await done(chair().patch('/v1/commitments/a.1.1', { text: { ru: 'Третий текст' } }));
    await dispatch({ recipients: ['KG'] });
    await eventually(() => deliveries('?state=KG'), (all) => all.length === 3 && all.every(({ status }) => status === 'delivered'));
    expect(receiver.received.map((one) => one.verified(secret))).toMatchObject([
      { type: 'report.returned', data: { report: id, reason: 'Уточните' } },
      { type: 'report.acceptance-lapsed', data: { report: id, subject: 'a.1.1', title: { ru: 'Другой текст' } } },
      { type: 'edition.dispatched' },
    ]);
  });

  describe('goes by channels', () => {
    it('that never show their secrets again, nor keep them readable', async () => {
      const shown = await secretariat().get('/v1/states/KG/channels');
      expect(shown.body).toMatchObject({ state: 'KG', webhook: { url: `${receiver.url}/kg`, changedBy: 'secretariat' } });
      const moved = await secretariat().put('/v1/states/KG/channels/webhook', { url: `${receiver.url}/other` });
      expect(moved).toMatchObject({ status: 200, body: {} });
      const { rows } = await service.stores.db.query('select c::text as row from delivery.channel c union all select h::text from delivery.channel_change h');
      for (const text of [shown.text, moved.text, JSON.stringify(rows)]) expect(text).not.toContain(secret.slice(6));
      expect(rows).toHaveLength(5);
    });

    it('whose secret is replaced while the old one still signs for a day', async () => {
      const rotated = await secretariat().post('/v1/states/KG/channels/webhook/secret');
      expect(rotated).toMatchObject({ status: 201, body: { previousSignsUntil: '2024-03-02T09:00:00.000Z' } });
      await settled(`?edition=${(await dispatch({ recipients: ['KG'] })).id}`);
      expect([signs(0, secret), signs(0, rotated.body.secret)]).toEqual([true, true]);
      now = new Date(now.getTime() + DAY);
      await settled(`?edition=${(await dispatch({ recipients: ['KG'] })).id}`);
      expect([signs(1, secret), signs(1, rotated.body.secret)]).toEqual([false, true]);
    });

    it('of its own state alone as far as a liaison goes, and of member states alone', async () => {
      expect(await liaison('KG').get('/v1/states/KG/channels')).toMatchObject({ status: 200 });
      expect(await liaison('AM').get('/v1/states/KG/channels')).toMatchObject({ status: 403 });
      expect(await secretariat().get('/v1/states/UZ/channels')).toMatchObject({ status: 404, body: { code: 'STATE_ABSENT' } });
      expect(await secretariat().delete('/v1/states/AM/channels/email')).toMatchObject({ status: 204 });
      expect(await secretariat().delete('/v1/states/AM/channels/email')).toMatchObject({ status: 404, body: { code: 'CHANNEL_UNKNOWN' } });
      expect(await secretariat().put('/v1/states/AM/channels/email', { addresses: ['a@b.example\r\nBcc: c@d.example'], language: 'en' })).toMatchObject({ status: 422 });
      expect(await secretariat().put('/v1/states/AM/channels/webhook', { url: 'ftp://files.example/' })).toMatchObject({ status: 422 });
    });
  });

  const signs = (at: number, by: string): boolean => {
    try {
      return Boolean(receiver.received[at]!.verified(by));
    } catch {
      return false;
    }
  };
});

describe('Where private networks are refused', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    await openSmallAgenda(service, { memberStates: ['KZ'] });
    await service.as({ role: 'chair' }).get(`/v1/agendas?minPosition=${await service.stores.store.head()}`);
  });
  afterAll(() => service.close());

  it.each([
    ['http://hooks.mfa.example/', 'CHANNEL_URL_SCHEME'],
    ['https://127.0.0.1/', 'CHANNEL_ADDRESS_PRIVATE'],
    ['https://user:p@hooks.mfa.example/', 'CHANNEL_URL_INVALID'],
  ])('a webhook does not go to %s', async (url, code) => {
    expect(await service.as({ role: 'secretariat' }).put('/v1/states/KZ/channels/webhook', { url })).toMatchObject({ status: 422, body: { code, errors: [{ pointer: '/url' }] } });
  });
});
