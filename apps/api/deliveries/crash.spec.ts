import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { TokenRequest } from '#access/issue-token.js';
import { webhookReceiver, type WebhookReceiver } from '#delivery/testing/webhook-receiver.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { bearer, crash, startServiceProcess, type ServiceProcess } from '../testing/service-process.js';

/** The service in processes of its own, killed in the middle of a delivery. */
describe('A process that dies between sending and recording', () => {
  let database: FreshDatabase;
  let folder: string;
  let receiver: WebhookReceiver;
  let service: ServiceProcess;
  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mindet-crash-'));
    receiver = await webhookReceiver();
    service = start();
  });
  afterAll(async () => {
    await crash(service);
    await receiver.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const start = () => startServiceProcess({ DATABASE_URL: database.url, MINDET_DATA: folder, WEBHOOK_PRIVATE_NETWORKS: 'allow', LOG_LEVEL: 'silent' });
  async function send(method: string, path: string, actor: TokenRequest, body: object): Promise<Record<string, string>> {
    const headers = { Authorization: await bearer(folder, actor), 'Content-Type': 'application/json' };
    const answer = await fetch(`${await service.address}${path}`, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (answer.status >= 300) throw new Error(`${answer.status} ${text}`);
    return JSON.parse(text) as Record<string, string>;
  }
  const secretariat: TokenRequest = { role: 'secretariat' };

  it('sends it again under the same id, and the log has it once', async () => {
    const { secret } = await send('PUT', '/v1/states/KG/channels/webhook', secretariat, { url: `${receiver.url}/kg` });
    receiver.answering(async () => {
      // The receiver has it, and nobody at the other end will ever know of this answer.
      if (receiver.received.length === 1) await crash(service);
      return { status: 200 };
    });
    const { id } = await send('POST', '/v1/agendas/csto-2024/editions', { role: 'chair' }, { purpose: 'for-consideration', recipients: ['KG'] });
    await receiver.atLeast(1);
    await service.program.ended;
    service = start();
    await receiver.atLeast(2);

    const client = new pg.Client(database.url);
    await client.connect();
    try {
      for (;;) {
        const { rows } = await client.query<{ status: string }>('select status from delivery.message');
        if (rows.length === 1 && rows[0]!.status === 'delivered') break;
        await client.query('select pg_sleep(0.05)');
      }
      const { rows } = await client.query<{ stream: string; type: string }>(`select stream, type from event_store.events where stream = 'edition-${id}' order by revision`);
      expect(rows.map(({ type }) => type)).toEqual(['EditionDispatched', 'EditionDelivered']);
    } finally {
      await client.end();
    }
    const [first, second] = receiver.received as [(typeof receiver.received)[number], (typeof receiver.received)[number]];
    expect(second.id).toBe(first.id);
    expect(second.body).toBe(first.body);
    expect(second.verified(secret!)).toMatchObject({ type: 'edition.dispatched', data: { edition: id } });
    expect(receiver.received).toHaveLength(2);
  }, 60_000);

  it('or between writing it down and recording it sends nothing again, and records it', async () => {
    const client = new pg.Client(database.url);
    await client.connect();
    try {
      // What such a process leaves behind: the attempt is on disk, and the log does not know of it.
      receiver.answering(() => ({ status: 200 }));
      const { id } = await send('POST', '/v1/agendas/csto-2024/editions', { role: 'chair' }, { purpose: 'adopted', recipients: ['AM'] });
      await client.query(
        `insert into delivery.message (id, kind, state, channel, agenda, payload, status, attempts, tries, next_at, made_at, detail)
         values ('018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', 'edition', 'AM', 'webhook', 'csto-2024', $1, 'sent', 1, 1, now(), now(), 'the receiver answered 200')`,
        [JSON.stringify({ edition: id })],
      );
      await client.query(`insert into delivery.attempt values ('018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', 1, now(), 'delivered', 'the receiver answered 200')`);
      await client.query(`select pg_notify('delivery_due', '')`);
      for (;;) {
        const { rows } = await client.query(`select from event_store.events where stream = 'edition-${id}' and type = 'EditionDelivered'`);
        if (rows.length === 1) break;
        await client.query('select pg_sleep(0.05)');
      }
      expect(receiver.received).toHaveLength(2);
    } finally {
      await client.end();
    }
  });
});
