import type { Pool } from 'pg';
import { lockHeld } from '#platform/lock.js';
import type { ReadSide } from '#queries/moment.js';
import { pendingSilence } from './record-silence.js';

/** The duty of which one process at a time takes care. */
export const DUTY = { kind: 'deliveries', name: 'all' } as const;

export type DeliveryStatus = {
  /** Whether a process takes care of it now. */
  readonly running: boolean;
  /** How far along the log deliveries have been made of it; null where it was never followed. */
  readonly followed: string | null;
  readonly messages: { readonly waiting: number; readonly due: number; readonly sent: number; readonly delivered: number; readonly failed: number };
  /** RFC 3339: when the first of those that wait is tried, past where it is due already. */
  readonly nextAt: string | null;
  /** Editions whose silence deadline is to come, or has passed and is not recorded yet. */
  readonly silence: readonly { readonly edition: string; readonly deadline: string }[];
  readonly reminders: { readonly sent: number; readonly quiet: number };
};

/** What is on its way, and what waits for the clock. */
export async function deliveryStatus(db: Pool, side: ReadSide, now: Date): Promise<DeliveryStatus> {
  const { rows } = await db.query<{
    followed: string | null; waiting: number; due: number; sent: number; delivered: number; failed: number; next_at: Date | null; reminded: number; quiet: number;
  }>(
    `select (select position from delivery.followed) as followed,
       count(*) filter (where status = 'waiting')::int as waiting,
       count(*) filter (where status = 'waiting' and next_at <= $1)::int as due,
       count(*) filter (where status = 'sent')::int as sent,
       count(*) filter (where status = 'delivered')::int as delivered,
       count(*) filter (where status = 'failed')::int as failed,
       min(next_at) filter (where status = 'waiting') as next_at,
       count(*) filter (where kind = 'reminder')::int as reminded,
       (select count(*)::int from delivery.quiet) as quiet
     from delivery.message`,
    [now],
  );
  const [{ followed, waiting, due, sent, delivered, failed, next_at, reminded, quiet }] = rows as [(typeof rows)[number]];
  const awaited = await pendingSilence(db, side);
  return {
    running: await lockHeld(db, DUTY),
    followed,
    messages: { waiting, due, sent, delivered, failed },
    nextAt: next_at?.toISOString() ?? null,
    silence: awaited.map(({ id, deadline }) => ({ edition: id, deadline })),
    reminders: { sent: reminded, quiet },
  };
}
