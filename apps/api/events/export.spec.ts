import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import type { EventStore } from '#event-store/event-store.js';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { randomId } from '#platform/ids.js';
import { startService, type TestService } from '../testing/service.js';

const auditor = { role: 'auditor', sub: 'auditor' } as const;
const EVENTS = 10_000;

describe('an export of the log', () => {
  let service: TestService;
  let store: EventStore;
  let client: ClientRequest | undefined;
  beforeAll(async () => {
    service = await startService();
    ({ store } = service.stores);
    const metadata = { schemaVersion: 1, occurredOn: '2024-01-01', actor: { subject: 'x', role: 'chair' }, correlationId: 'c', causationId: 'c', commandId: 'c', commandDigest: 'd' };
    const note = 'x'.repeat(8_000);
    for (let n = 0; n < EVENTS; n += 1_000) {
      await store.append(`s-${n}`, Array.from({ length: 1_000 }, () => ({ id: randomId(), type: 'Unknown', data: { note }, metadata })), 'none');
    }
  });
  afterEach(() => {
    client?.destroy();
    jest.restoreAllMocks();
  });
  afterAll(() => service.close());

  async function open(): Promise<IncomingMessage> {
    const address = new URL(service.address);
    const headers = { Authorization: await service.bearer(auditor), Accept: 'application/x-ndjson' };
    client = get({ host: address.hostname, port: address.port, path: `/v1/events?minPosition=${EVENTS}`, headers });
    client.on('error', () => {});
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    response.on('error', () => {});
    return response;
  }
  async function textOf(response: IncomingMessage): Promise<{ text: string; whole: boolean }> {
    const pieces: Buffer[] = [];
    response.on('data', (piece: Buffer) => pieces.push(piece));
    await new Promise((resolve) => response.once('close', resolve));
    return { text: Buffer.concat(pieces).toString(), whole: response.complete };
  }
  /** As long as a few other requests take. */
  const aWhile = async () => {
    for (let n = 0; n < 10; n++) await service.knock('GET', '/health/ready', undefined);
  };

  it('has the canonical form of every event, a line each', async () => {
    const { text, whole } = await textOf(await open());
    expect(whole).toBe(true);
    const lines = text.split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([EVENTS + 1, '']);
    const [, second] = await store.readAll('0', 2);
    expect(Buffer.from(lines[1]!)).toEqual(canonicalEvent(second!));
  });

  it('is read no faster than the client takes it, and no further when the client has gone', async () => {
    const reads = jest.spyOn(store, 'readAll');
    const response = await open();
    response.pause();
    await aWhile();
    const read = reads.mock.calls.length;
    expect(read).toBeLessThan(EVENTS / 500 / 2);
    client!.destroy();
    await aWhile();
    expect(reads.mock.calls.length).toBeLessThanOrEqual(read + 1);
  });

  it('does not end as a whole one does where it is cut short', async () => {
    const readAll = store.readAll.bind(store);
    let reads = 0;
    jest.spyOn(store, 'readAll').mockImplementation((after, limit) => (++reads === 5 ? Promise.reject(new Error('cut')) : readAll(after, limit)));
    const { text, whole } = await textOf(await open());
    expect(whole).toBe(false);
    expect(text.length).toBeGreaterThan(0);
  });
});
