import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { smtpReceiver, type SmtpReceiver } from '#delivery/testing/smtp-receiver.js';
import { webhookReceiver, type WebhookReceiver } from '#delivery/testing/webhook-receiver.js';
import { done, openSmallAgenda } from '../testing/opening.js';
import { startService, type TestService } from '../testing/service.js';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRST'];
/** 200 codes of two letters. */
const STATES = LETTERS.flatMap((first) => LETTERS.slice(0, 10).map((second) => `${first}${second}`));

describe('An edition for two hundred states by three channels at once', () => {
  let service: TestService;
  let receiver: WebhookReceiver;
  let post: SmtpReceiver;
  beforeAll(async () => {
    receiver = await webhookReceiver();
    post = await smtpReceiver();
    service = await startService({ WEBHOOK_PRIVATE_NETWORKS: 'allow', SMTP_URL: post.url, SMTP_FROM: 'mindet@odkb.example', SMTP_TLS: 'off' });
    const { position } = await openSmallAgenda(service, { memberStates: STATES });
    await service.as({ role: 'chair' }).get(`/v1/agendas?minPosition=${position}`);
    const secretariat = service.as({ role: 'secretariat' });
    for (const state of STATES) {
      await secretariat.put(`/v1/states/${state}/channels/webhook`, { url: `${receiver.url}/${state}` });
      await secretariat.put(`/v1/states/${state}/channels/email`, { addresses: [`desk@${state.toLowerCase()}.example`], language: 'ru' });
    }
  }, 120_000);
  afterAll(async () => {
    await receiver.close();
    await service.close();
    await post.close();
  });

  it('reaches each once by each, though one in ten receivers fails at first and one never answers', async () => {
    const failed = new Set<string>();
    receiver.answering(({ path }) => {
      if (path === '/AA') return 'never';
      if (path.endsWith('B') && !failed.has(path)) return failed.add(path) && { status: 503 };
      return { status: 200 };
    });
    const { id, position } = await done(service.as({ role: 'chair' }).post('/v1/agendas/a/editions', { purpose: 'adopted' }));
    const pulls = Promise.all(
      STATES.map((state) => service.as({ role: 'liaison', state, sub: `liaison-${state}` }).get(`/v1/editions/${id}/content?minPosition=${position}`)),
    );
    const { db } = service.stores;
    for (let settled = 0; settled < 399; ) {
      // Those that failed at first are due at once, as if their time had come.
      await db.query(`update delivery.message set next_at = now() where status = 'waiting' and attempts > 0 and state <> 'AA'`);
      await db.query(`select pg_notify('delivery_due', ''), pg_sleep(0.1)`);
      const { rows } = await db.query<{ count: number }>(`select count(*)::int as count from delivery.message where status = 'delivered'`);
      settled = rows[0]!.count;
    }
    expect(new Set((await pulls).map(({ status, headers }) => `${status} ${headers['repr-digest']}`)).size).toBe(1);

    const tally = (await service.as({ role: 'secretariat' }).get(`/v1/editions/${id}/tally?minPosition=${await service.stores.store.head()}`)).body;
    expect(tally.has).toEqual(STATES);
    const { rows } = await db.query<{ stream: string; channel: string; events: number; states: number }>(
      `select data ->> 'channel' as channel, count(*)::int as events, count(distinct data ->> 'state')::int as states
       from event_store.events where type = 'EditionDelivered' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { channel: 'email', events: 200, states: 200 },
      { channel: 'pull', events: 200, states: 200 },
      { channel: 'webhook', events: 199, states: 199 },
    ]);
    expect(post.received).toHaveLength(200);
    const perState = Map.groupBy(receiver.received, ({ path }) => path);
    expect([...perState].filter(([path, got]) => got.length !== (path.endsWith('B') ? 2 : 1))).toEqual([]);
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(200);
  }, 120_000);
});
