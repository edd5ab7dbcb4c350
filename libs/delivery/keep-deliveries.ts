import type { EventStore } from '#event-store/event-store.js';
import { whileHeld } from '#platform/lock.js';
import { nextWait, pause, type Patience } from '#platform/patience.js';
import { until } from '#platform/until.js';
import { wakeUps, type WakeUps } from '#platform/wake-ups.js';
import { followLog } from './follow-log.js';
import { DUE_CHANNEL } from './messages.js';
import { recordSilence } from './record-silence.js';
import { remind, type ReminderDays } from './remind.js';
import { DUTY } from './status.js';
import { sendDue, type Sending } from './send-due.js';

export type Keeping = Sending & {
  readonly store: EventStore;
  readonly days: ReminderDays;
  /** Milliseconds between looks at the clock. */
  readonly lookEvery: number;
  readonly ending: AbortSignal;
  /** Told of what went wrong, each time; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly patience?: number;
  readonly retrying?: Patience;
};

const RETRYING: Patience = { first: 250, longest: 10_000 };
/** Reminders are a matter of days. */
const REMIND_EVERY_MS = 10 * 60 * 1000;

/** Sends what there is to send and minds the deadlines, as far as no other process does, until it is told to end. */
export async function keepDeliveries(keeping: Keeping): Promise<void> {
  const { db, ending, onTrouble, lookEvery, retrying = RETRYING } = keeping;
  const news = wakeUps(db.options, DUE_CHANNEL, lookEvery);
  for (let wait = retrying.first; !ending.aborted; wait = nextWait(wait, retrying)) {
    try {
      await whileHeld(db.options, DUTY, ending, async (held) => {
        const stopping = new AbortController();
        const signal = AbortSignal.any([held, stopping.signal]);
        const all = [followLog(keeping, signal), send(keeping, news, signal), watchClock(keeping, news, signal)];
        // Where one fails, the others end too, and all begin anew.
        const ended = await Promise.allSettled(all.map((one) => one.finally(() => stopping.abort())));
        for (const one of ended) if (one.status === 'rejected') throw one.reason;
      });
      wait = retrying.first;
    } catch (error) {
      if (!ending.aborted) onTrouble(error);
    }
    await pause(wait, ending);
  }
  await news.close();
}

async function send(keeping: Keeping, news: WakeUps, signal: AbortSignal): Promise<void> {
  await until(async () => void (await sendDue(keeping, signal)), news, signal);
}

async function watchClock(keeping: Keeping, news: WakeUps, signal: AbortSignal): Promise<void> {
  let remindedAt = -Infinity;
  const look = async (): Promise<void> => {
    const now = keeping.clock();
    await recordSilence(keeping, now);
    if (now.getTime() - remindedAt < REMIND_EVERY_MS) return;
    await remind(keeping, now);
    remindedAt = now.getTime();
  };
  await until(look, news, signal);
}
