import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { delivered, refused, retry, type Outcome } from '../outcome.js';
import { AddressNotPublic, publicLookup } from './public-lookup.js';
import { targetFlaw, type WebhookRules } from './target.js';

/** Milliseconds in which the receiver must have answered. */
const PATIENCE = 15_000;
/** Bytes of an answer that are read before it is cut off; nobody looks at them. */
const LONGEST_ANSWER = 64 * 1024;

export type WebhookTarget = {
  readonly url: string;
  /** `whsec_…`; each signs. */
  readonly secrets: readonly string[];
};

export type WebhookMessage = {
  /** The receiver's idempotency key. */
  readonly id: string;
  /** JSON, sent byte by byte as it is. */
  readonly body: string;
};

export type WebhookCircumstances = {
  readonly rules: WebhookRules;
  /** The moment of this attempt, which is signed. */
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly patience?: number;
  /** Of names, where nothing private may be reached. */
  readonly lookup?: LookupFunction;
};

/** Posts a message as the Standard Webhooks specification (standardwebhooks.com, 1.0) has it. Follows no redirect. Never throws. */
export async function sendWebhook({ url, secrets }: WebhookTarget, { id, body }: WebhookMessage, circumstances: WebhookCircumstances): Promise<Outcome> {
  const { rules, now, signal, patience = PATIENCE, lookup = publicLookup() } = circumstances;
  const flaw = targetFlaw(url, rules);
  if (flaw) return refused(`the address is not allowed: ${flaw}`);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'User-Agent': 'Mindet',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
  const late = AbortSignal.timeout(patience);
  try {
    const answer = await post(new URL(url), body, {
      method: 'POST',
      headers,
      // One connection for each message: none is left open to a receiver, nor is one used that was checked for another.
      agent: false,
      signal: AbortSignal.any([signal, late]),
      ...(!rules.privateNetworks && { lookup }),
    });
    return outcomeOf(answer, now);
  } catch (error) {
    if (error instanceof AddressNotPublic) return refused(error.message);
    if (late.aborted) return retry(`no answer within ${patience / 1000} s`);
    return retry(`no answer: ${(error as NodeJS.ErrnoException).code ?? (error as Error).name}`);
  }
}

type Answer = { readonly status: number; readonly retryAfter: string | undefined };

function post(url: URL, body: string, options: RequestOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response: IncomingMessage) => {
    let length = 0;
    const done = () => resolve({ status: response.statusCode!, retryAfter: response.headers['retry-after'] });
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LONGEST_ANSWER) return;
      done();
      response.destroy();
    });
    response.on('end', done);
    response.on('error', reject);
  });
  request.on('error', reject);
  request.end(body);
  return promise;
}

function outcomeOf({ status, retryAfter }: Answer, now: Date): Outcome {
  const said = `the receiver answered ${status}`;
  if (status >= 200 && status < 300) return delivered(said);
  if (status === 410) return refused(`${said}: it wants no more`);
  if (status >= 300 && status < 400) return refused(`${said}: redirects are not followed`);
  return retry(said, secondsOf(retryAfter, now));
}

/** `Retry-After`: seconds, or a date. */
function secondsOf(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return seconds > 0 ? Math.ceil(seconds) : undefined;
}
