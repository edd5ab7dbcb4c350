import type { ReadableOptions } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { START, streamNameFilter, type AllStreamSubscription, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import { BEGINNING, type Batch, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { pauses } from '#event-store/persistently.js';
import { isNoPlace, isPassing } from './failures.js';
import { SEARCH_WINDOW } from './read-request.js';
import type { StreamNames } from './streams.js';

/** The server, or what stands before it, ended a subscription without a reason. */
class SubscriptionEnded extends Error {
  override readonly name = 'SubscriptionEnded';
}

interface Progress {
  /** Everything up to here was handed on or is no event of ours. */
  position: Position;
  /** Whether the reader was told that it has caught up, and has been given nothing since that says otherwise. */
  told: boolean;
}

/**
 * Everything after a position, then live. A subscription that is lost begins again where it had come to, also across
 * events that are not of this log.
 * @param place of the last event at or before a position at which nothing stands
 */
export async function* subscribing(
  client: KurrentDBClient,
  names: StreamNames,
  place: (position: Position) => Promise<Position>,
  after: Position,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const progress: Progress = { position: after, told: false };
  let waits = pauses();
  while (!signal.aborted) {
    try {
      for await (const batch of subscribeOnce(client, names, progress, batchSize, signal)) {
        waits = pauses();
        yield batch;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (isNoPlace(error) && progress.position !== BEGINNING) progress.position = await place(progress.position);
      else if (!isPassing(error) && !(error instanceof SubscriptionEnded)) throw error;
    }
    await pause(waits.next().value, undefined, { signal }).catch(() => {});
  }
}

/** Until the signal aborts. The server sends no more than the reader takes, and what fits in one batch beside. */
async function* subscribeOnce(
  client: KurrentDBClient,
  names: StreamNames,
  progress: Progress,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  let taken = 0;
  // What the server tells between events counts once the events before it are taken.
  const soFar = () => taken + subscription.readableLength;
  let caughtUpAfter = Infinity;
  let checkpoint: { readonly after: number; readonly position: Position } | undefined;
  let failure: { readonly error: unknown } | undefined;
  let ring = (): void => {};
  let rung = false;
  const wake = (): void => {
    rung = true;
    ring();
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    wake();
  };

  const subscription: AllStreamSubscription = client.subscribeToAll(
    {
      fromPosition:
        progress.position === BEGINNING
          ? START
          : { commit: BigInt(progress.position), prepare: BigInt(progress.position) },
      filter: streamNameFilter({
        prefixes: [names.prefix],
        maxSearchWindow: SEARCH_WINDOW,
        checkpointInterval: 1,
        async checkpointReached(_, { commit }) {
          checkpoint = { after: soFar(), position: String(commit) };
        },
      }),
    },
    // Options of a Transform, which the types do not tell.
    { readableHighWaterMark: batchSize } as ReadableOptions,
  );
  subscription.on('error', fail);
  subscription.on('end', () => fail(new SubscriptionEnded('the subscription has ended')));
  subscription.on('caughtUp', () => {
    caughtUpAfter = Math.min(caughtUpAfter, soFar());
    wake();
  });
  subscription.on('readable', wake);
  signal.addEventListener('abort', wake);
  try {
    while (!signal.aborted) {
      rung = false;
      const events = take(subscription, names, batchSize);
      taken += events.length;
      progress.position = events.at(-1)?.position ?? progress.position;
      if (checkpoint && checkpoint.after <= taken) {
        progress.position = checkpoint.position;
        checkpoint = undefined;
      }
      const caughtUp = caughtUpAfter <= taken && subscription.readableLength === 0;
      if (events.length > 0 || (caughtUp && !progress.told)) {
        progress.told = caughtUp;
        yield { events, caughtUp };
      } else if (failure) throw failure.error;
      else if (!rung) await new Promise<void>((resolve) => (ring = resolve));
    }
  } finally {
    signal.removeEventListener('abort', wake);
    // It waits for a connection where there is none yet; it is then let go as soon as it is there.
    void subscription.unsubscribe().catch(() => {});
    subscription.destroy();
  }
}

function take(subscription: AllStreamSubscription, names: StreamNames, most: number): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  while (events.length < most) {
    const resolved = subscription.read();
    if (resolved === null) break;
    events.push(names.recorded(resolved));
  }
  return events;
}
