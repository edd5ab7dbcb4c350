import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { webhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.js';
import { publicLookup } from './public-lookup.js';
import { sendWebhook } from './send-webhook.js';

const SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e', body: JSON.stringify({ type: 'edition.dispatched', timestamp: '2024-03-01T00:00:00.000Z', data: { text: 'Привет' } }) };
const rules = { allowedHosts: [], privateNetworks: true };

describe('A webhook', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    await receiver?.close();
    receiver = await webhookReceiver();
  });
  afterAll(() => receiver.close());

  const send = (more: Partial<Parameters<typeof sendWebhook>[2]> = {}, secrets = [SECRET]) =>
    sendWebhook({ url: `${receiver.url}/hook?key=1`, secrets }, message, { rules, now: new Date(), signal: new AbortController().signal, ...more });

  it('arrives byte by byte, signed so that the receiver’s own library verifies it', async () => {
    expect(await send()).toEqual({ kind: 'delivered', detail: 'the receiver answered 204' });
    const [received] = receiver.received;
    expect(received).toMatchObject({ id: message.id, body: message.body, path: '/hook?key=1' });
    expect(received!.verified(SECRET)).toEqual(JSON.parse(message.body));
    expect(() => received!.verified(OLD)).toThrow();
  });

  it('is signed by the old secret too, while both are in use', async () => {
    await send({}, [SECRET, OLD]);
    for (const secret of [SECRET, OLD]) expect(receiver.received[0]!.verified(secret)).toBeTruthy();
  });

  it.each([
    [200, {}, { kind: 'delivered' }],
    [500, {}, { kind: 'retry', detail: 'the receiver answered 500' }],
    [503, { 'Retry-After': '120' }, { kind: 'retry', afterSeconds: 120 }],
    [429, { 'Retry-After': 'Fri, 01 Mar 2024 00:02:00 GMT' }, { kind: 'retry', afterSeconds: 120 }],
    [404, {}, { kind: 'retry' }],
    [410, {}, { kind: 'refused', detail: 'the receiver answered 410: it wants no more' }],
    [301, { Location: 'http://127.0.0.1:1/' }, { kind: 'refused', detail: 'the receiver answered 301: redirects are not followed' }],
    [307, { Location: '/elsewhere' }, { kind: 'refused' }],
  ])('that is answered with %d %j comes to %j', async (status, headers, outcome) => {
    receiver.answering(() => ({ status, headers }));
    expect(await send({ now: new Date('2024-03-01T00:00:00Z') })).toMatchObject(outcome);
    expect(receiver.received).toHaveLength(1);
  });

  it('whose receiver never answers is given up in time, and tried later', async () => {
    receiver.answering(() => 'never');
    expect(await send({ patience: 100 })).toEqual({ kind: 'retry', detail: 'no answer within 0.1 s' });
  });

  it('whose receiver answers with what is no HTTP is tried later', async () => {
    receiver.answering(() => 'garbage');
    expect(await send()).toMatchObject({ kind: 'retry', detail: expect.stringContaining('HPE_') });
  });

  it('whose receiver answers without end has arrived, and the answer is cut off', async () => {
    receiver.answering(() => ({ status: 200, body: 'x'.repeat(10_000_000) }));
    expect(await send()).toMatchObject({ kind: 'delivered' });
  });

  it('whose receiver is away is tried later', async () => {
    const { port } = receiver;
    await receiver.close();
    expect(await sendWebhook({ url: `http://127.0.0.1:${port}/`, secrets: [SECRET] }, message, { rules, now: new Date(), signal: new AbortController().signal })).toEqual({
      kind: 'retry',
      detail: 'no answer: ECONNREFUSED',
    });
  });

  it('never goes to an address inside, whatever its name says when it is looked up', async () => {
    const lookup = publicLookup((_hostname, _options, done) => done(null, [{ address: '93.184.216.34', family: 4 }, { address: '127.0.0.1', family: 4 }]));
    const outcome = await sendWebhook({ url: `https://hooks.mfa.example:${receiver.port}/`, secrets: [SECRET] }, message, {
      rules: { allowedHosts: [], privateNetworks: false },
      now: new Date(),
      signal: new AbortController().signal,
      lookup,
    });
    expect(outcome).toEqual({ kind: 'refused', detail: 'hooks.mfa.example is at an address that is not public' });
    expect(receiver.received).toEqual([]);
  });
});
