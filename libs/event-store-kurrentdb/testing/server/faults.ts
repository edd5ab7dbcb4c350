import { EventEmitter } from 'node:events';
import type { Endpoint } from './refusals.js';

export interface Fault {
  /** Settled when it has struck. */
  readonly happened: Promise<void>;
  /** Takes it back where it has not struck yet. */
  clear(): void;
}

export interface Held extends Fault {
  /** Lets the answer go. */
  release(): void;
}

interface Kinds {
  dropBeforeWrite: undefined;
  dropAfterWrite: undefined;
  holdAnswer: Promise<void>;
  wrongExpectedVersion: { readonly revision: number };
  notLeader: Endpoint;
  notReady: undefined;
  endSubscription: { readonly afterEvents: number; readonly how: SubscriptionEnd };
  dropRead: { readonly afterEvents: number };
  holdRead: Promise<void>;
  fallBehind: undefined;
}

/** How a subscription ends: with a status, with the whole connection, or as if there were nothing more. */
export type SubscriptionEnd = 'unavailable' | 'connection lost' | 'cleanly';

/** What the server shall do wrong. Every fault strikes once; several of a kind strike in the order they were given. */
export interface Faults {
  /** The connection is lost before the next append is written. */
  dropBeforeWrite(): Fault;
  /** The next append is written, and the connection is lost before it is answered. */
  dropAfterWrite(): Fault;
  /** The next append is written (`happened`), but answered only when it is released. */
  holdAnswer(): Held;
  /** The next append is refused, as if the stream were at a revision (-1: no events). */
  wrongExpectedVersion(revision: number): Fault;
  /** The next append is refused for another node, which is named. */
  notLeader(leader: Endpoint): Fault;
  /** The next append is refused as by a server that has only begun to start. */
  notReady(): Fault;
  /** The next subscription, or the one that runs, ends when it has brought so many events in all. */
  endSubscription(afterEvents: number, how: SubscriptionEnd): Fault;
  /** The connection is lost when the next read (no subscription) has brought so many events. */
  dropRead(afterEvents: number): Fault;
  /** The next read (no subscription) is answered only when it is released. */
  holdRead(): Held;
  /**
   * The next subscription that has caught up, or the one that runs, falls behind: all that a client sees of it is that the
   * subscription says a second time that it has caught up.
   */
  fallBehind(): Fault;
}

interface Armed<T> {
  readonly told: T;
  readonly strike: () => void;
}

export interface ArmedFaults {
  readonly faults: Faults;
  /** The fault of a kind that shall strike now; it has then happened. */
  take<K extends keyof Kinds>(kind: K): { readonly told: Kinds[K]; readonly happened: () => void } | undefined;
  /** What is armed, without using it up. */
  peek<K extends keyof Kinds>(kind: K): Kinds[K] | undefined;
  /** Calls back whenever a fault is armed; returns how to stop it. */
  onArm(listener: () => void): () => void;
}

export function armFaults(): ArmedFaults {
  const armed = new Map<keyof Kinds, Armed<unknown>[]>();
  const arming = new EventEmitter().setMaxListeners(0);

  function arm<K extends keyof Kinds>(kind: K, told: Kinds[K]): Fault {
    const { promise, resolve } = Promise.withResolvers<void>();
    const queue = armed.get(kind) ?? [];
    armed.set(kind, queue);
    const one: Armed<Kinds[K]> = { told, strike: resolve };
    queue.push(one);
    arming.emit('armed');
    return {
      happened: promise,
      clear() {
        const at = queue.indexOf(one);
        if (at >= 0) queue.splice(at, 1);
      },
    };
  }

  function hold(kind: 'holdAnswer' | 'holdRead'): Held {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { ...arm(kind, promise), release: resolve };
  }

  return {
    faults: {
      dropBeforeWrite: () => arm('dropBeforeWrite', undefined),
      dropAfterWrite: () => arm('dropAfterWrite', undefined),
      holdAnswer: () => hold('holdAnswer'),
      holdRead: () => hold('holdRead'),
      fallBehind: () => arm('fallBehind', undefined),
      wrongExpectedVersion: (revision) => arm('wrongExpectedVersion', { revision }),
      notLeader: (leader) => arm('notLeader', leader),
      notReady: () => arm('notReady', undefined),
      endSubscription: (afterEvents, how) => arm('endSubscription', { afterEvents, how }),
      dropRead: (afterEvents) => arm('dropRead', { afterEvents }),
    },
    take(kind) {
      const one = armed.get(kind)?.shift() as Armed<Kinds[typeof kind]> | undefined;
      return one && { told: one.told, happened: one.strike };
    },
    peek: (kind) => armed.get(kind)?.[0]?.told as Kinds[typeof kind] | undefined,
    onArm(listener) {
      arming.on('armed', listener);
      return () => void arming.off('armed', listener);
    },
  };
}
