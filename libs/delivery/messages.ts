import type { Pool, PoolClient } from 'pg';
import type { StateCode } from '#domain/values.js';
import { derivedId } from '#platform/ids.js';
import { inTransaction } from '#platform/database.js';
import type { ChannelKind } from './channels.js';
import type { Payload } from './payload.js';
import type { Outcome } from './outcome.js';

/** Notified where there is something to send. */
export const DUE_CHANNEL = 'delivery_due';

/** Namespace (RFC 9562) of message ids. */
const MESSAGES = '2f4f5d0e-8a3b-5c1d-9e7f-6d696e646574';

export type MessageStatus = 'waiting' | 'sent' | 'delivered' | 'failed';

export type Message = Payload & {
  /** The receiver's idempotency key. */
  readonly id: string;
  readonly state: StateCode;
  readonly channel: ChannelKind;
  readonly agenda: string;
  readonly status: MessageStatus;
  readonly attempts: number;
  readonly tries: number;
  readonly round: number;
  readonly madeAt: string;
  readonly detail: string | null;
};

export type NewMessage = Payload & Pick<Message, 'state' | 'channel' | 'agenda'> & {
  /** What it is about, named for ever: on one occasion one message goes to a state by a channel. */
  readonly occasion: string;
};

/** Makes those that were not made before. @returns how many that were */
export async function addMessages(db: Pool | PoolClient, messages: readonly NewMessage[], now: Date): Promise<number> {
  let made = 0;
  for (const { occasion, state, channel, agenda, kind, payload } of messages) {
    const { rowCount } = await db.query({
      name: 'delivery.add_message',
      text: `insert into delivery.message (id, kind, state, channel, agenda, payload, next_at, made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict (id) do nothing`,
      values: [derivedId(MESSAGES, `${occasion} ${state} ${channel}`), kind, state, channel, agenda, JSON.stringify(payload), now],
    });
    made += rowCount!;
  }
  if (made > 0) await db.query(`select pg_notify('${DUE_CHANNEL}', '')`);
  return made;
}

/** Those whose time has come, and those that were sent without that being recorded. */
export async function dueMessages(db: Pool, now: Date, limit: number): Promise<Message[]> {
  const { rows } = await db.query<Row>({
    name: 'delivery.due_messages',
    text: `select * from delivery.message where status = 'sent' or (status = 'waiting' and next_at <= $1) order by next_at, id limit $2`,
    values: [now, limit],
  });
  return rows.map(messageOf);
}

/** An attempt and what follows from it, before anything else is told of it. @returns false where another process was there before */
export async function recordAttempt(db: Pool, message: Message, at: Date, outcome: Outcome, next: Date | undefined): Promise<boolean> {
  const status: MessageStatus = outcome.kind === 'delivered' || !next ? 'sent' : 'waiting';
  return inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `update delivery.message set attempts = attempts + 1, tries = tries + 1, status = $3, next_at = coalesce($4, next_at), detail = $5
       where id = $1 and attempts = $2 and status = 'waiting'`,
      [message.id, message.attempts, status, next, outcome.detail],
    );
    if (rowCount === 0) return false;
    await client.query('insert into delivery.attempt (message, number, at, outcome, detail) values ($1, $2, $3, $4, $5)', [
      message.id, message.attempts + 1, at, outcome.kind, outcome.detail,
    ]);
    return true;
  });
}

/** How its last attempt ended. */
export async function lastOutcome(db: Pool, { id }: Message): Promise<Outcome['kind']> {
  const { rows } = await db.query<{ outcome: Outcome['kind'] }>('select outcome from delivery.attempt where message = $1 order by number desc limit 1', [id]);
  return rows[0]!.outcome;
}

export async function settle(db: Pool, { id }: Message, status: 'delivered' | 'failed', at: Date): Promise<void> {
  await db.query(`update delivery.message set status = $2, settled_at = $3 where id = $1 and status = 'sent'`, [id, status, at]);
}

/** Has an edition sent to a state again, where it is not on its way. @returns the channels by which */
export async function sendAgain(db: Pool, edition: string, state: StateCode, by: string, now: Date): Promise<ChannelKind[]> {
  const { rows } = await db.query<{ channel: ChannelKind }>(
    `with again as (
       update delivery.message set status = 'waiting', round = round + 1, tries = 0, next_at = $4, settled_at = null, asked_by = $3
       where kind = 'edition' and payload ->> 'edition' = $1 and state = $2 and status in ('delivered', 'failed')
         and exists (select from delivery.channel c where c.state = message.state and c.kind = message.channel)
       returning channel),
     told as (select pg_notify('${DUE_CHANNEL}', '') where exists (select from again))
     select channel from again left join told on true`,
    [edition, state, by, now],
  );
  return rows.map(({ channel }) => channel);
}

export type MessageFilter = { readonly edition?: string; readonly agenda?: string; readonly state?: StateCode; readonly status?: MessageStatus };

/** Messages with their attempts, the newer first. */
export async function listMessages(db: Pool, { edition, agenda, state, status }: MessageFilter, limit: number) {
  const { rows } = await db.query<Row & { next_at: Date; settled_at: Date | null; tried: { at: string; outcome: Outcome['kind']; detail: string }[] }>(
    `select m.*, coalesce(
       (select jsonb_agg(jsonb_build_object('at', a.at, 'outcome', a.outcome, 'detail', a.detail) order by a.number) from delivery.attempt a where a.message = m.id),
       '[]') as tried
     from delivery.message m
     where ($1::text is null or m.payload ->> 'edition' = $1) and ($2::text is null or m.agenda = $2)
       and ($3::text is null or m.state = $3) and ($4::text is null or m.status = $4)
     order by m.made_at desc, m.id limit $5`,
    [edition, agenda, state, status, limit],
  );
  return rows.map((row) => {
    const { id, kind, state, channel, agenda, status, round, madeAt, detail, payload } = messageOf(row);
    return {
      id, kind, state, channel, agenda, status, round, madeAt, detail,
      edition: 'edition' in payload ? payload.edition : null,
      nextAt: status === 'waiting' ? row.next_at.toISOString() : null,
      settledAt: row.settled_at?.toISOString() ?? null,
      attempts: row.tried.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest })),
    };
  });
}

type Row = Omit<Message, 'madeAt'> & { made_at: Date };

const messageOf = ({ made_at, ...row }: Row): Message => ({ ...row, madeAt: made_at.toISOString() }) as Message;
