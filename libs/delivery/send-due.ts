import pLimit from 'p-limit';
import type { Pool } from 'pg';
import type { LookupFunction } from 'node:net';
import type { EditionCommand } from '#domain/edition/commands.js';
import type { Clock } from '#platform/clock.js';
import type { ReadSide } from '#queries/moment.js';
import { nextTry } from './backoff.js';
import type { ChannelSecrets } from './channel-secrets.js';
import { emailOf, webhookOf } from './channels.js';
import type { Mailer } from './email/send-email.js';
import type { AttachedDocuments } from './letters/edition-letter.js';
import { webhookBody } from './letters/letter.js';
import { dueMessages, lastOutcome, recordAttempt, settle, type Message } from './messages.js';
import { refused, retry, type Outcome } from './outcome.js';
import { sendWebhook } from './webhook/send-webhook.js';
import type { WebhookRules } from './webhook/target.js';
import { write } from './write.js';

/** Messages that are on their way at once: one slow receiver keeps nobody else waiting. */
const AT_ONCE = 64;
const MOST = 2_000;

export type Sending = {
  readonly db: Pool;
  readonly side: ReadSide;
  readonly clock: Clock;
  readonly secrets: ChannelSecrets;
  /** Absent where no mail server is configured. */
  readonly mailer?: Mailer;
  readonly rules: WebhookRules;
  readonly documents: AttachedDocuments;
  /** Records in the log what became of sending an edition; on the same occasion it is one command. */
  readonly record: (command: EditionCommand, occasion: string) => Promise<void>;
  /** Milliseconds in which a receiver must have answered. */
  readonly patience?: number;
  readonly lookup?: LookupFunction;
};

/**
 * Sends what is due. Each attempt is on disk before anything else is done about it; one that was made and not written
 * down, because the process died in between, is made again under the same id.
 * @returns how many messages were dealt with
 */
export async function sendDue(sending: Sending, signal: AbortSignal): Promise<number> {
  const messages = await dueMessages(sending.db, sending.clock(), MOST);
  const limit = pLimit(AT_ONCE);
  const settled = await Promise.allSettled(messages.map((message) => limit(() => (signal.aborted ? undefined : deal(sending, message, signal)))));
  // Only when all have ended: what is still on its way must not be taken up by the next look.
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return messages.length;
}

async function deal(sending: Sending, message: Message, signal: AbortSignal): Promise<void> {
  const { db, clock } = sending;
  if (message.status === 'sent') return conclude(sending, message, (await lastOutcome(db, message)) === 'delivered', message.attempts, message.detail ?? '');
  // One that cannot be written now keeps no other waiting; it is tried again like any.
  const outcome = await attempt(sending, message, signal).catch((error: Error) => retry(`it could not be written: ${error.name}: ${error.message}`));
  // What was broken off because the service ends is no failure of the receiver.
  if (signal.aborted && outcome.kind !== 'delivered') return;
  const at = clock();
  const next = outcome.kind === 'retry' ? nextTry(message.id, message.tries + 1, at, outcome.afterSeconds) : undefined;
  if (!(await recordAttempt(db, message, at, outcome, next)) || next) return;
  await conclude(sending, message, outcome.kind === 'delivered', message.attempts + 1, outcome.detail);
}

async function attempt(sending: Sending, message: Message, signal: AbortSignal): Promise<Outcome> {
  const { db, side, clock, secrets, mailer, rules, documents, patience, lookup } = sending;
  const { id, state } = message;
  if (message.channel === 'webhook') {
    const target = await webhookOf(db, secrets, state, clock());
    if (!target) return refused('the state has no webhook any more');
    const body = webhookBody(await write(side, message, documents));
    return sendWebhook(target, { id, body }, { rules, now: clock(), signal, ...(patience && { patience }), ...(lookup && { lookup }) });
  }
  const target = await emailOf(db, state);
  if (!target) return refused('the state has no e-mail address any more');
  if (!mailer) return retry('no mail server is configured (SMTP_URL)');
  const letter = await write(side, message, documents);
  const { addresses, language } = target;
  return mailer.send({
    id,
    to: addresses,
    subject: letter.subject(language),
    text: letter.text(language),
    language,
    attachments: await letter.attachments(language),
  });
}

/** First the log, then the message: what was recorded and not settled is recorded again as the same command. */
async function conclude({ db, clock, record }: Sending, message: Message, arrived: boolean, attempts: number, detail: string): Promise<void> {
  if (message.kind === 'edition') {
    const { state, channel, agenda: agendaId, payload } = message;
    const data = { editionId: payload.edition, agendaId, state, channel };
    const occasion = `${message.id} ${message.round}`;
    if (arrived) await record({ type: 'RecordDelivery', data }, `${occasion} delivered`);
    else await record({ type: 'RecordDeliveryFailure', data: { ...data, reason: detail, attempts } }, `${occasion} failed`);
  }
  await settle(db, message, arrived ? 'delivered' : 'failed', clock());
}

