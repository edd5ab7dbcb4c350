import type { EventStore, Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { Build } from './build.js';
import { decodeAll, type Decoded } from './decoded.js';

const PAGE = 1_000;

type Member = { readonly build: Build; readonly fail: (error: unknown) => void };

/** The log, read and decoded once for all builds that are level with it. */
export interface SharedLog {
  /**
   * Has a build take the log from where it stands: by itself until it is level with the others, then together with them.
   * Ends without an error when the signal aborts.
   * @param carefulUpTo until there it takes event by event, so that the one which it cannot take is known
   * @throws what the build throws
   */
  follow(build: Build, signal: AbortSignal, carefulUpTo?: Position): Promise<void>;
}

export function sharedLog(store: EventStore, ending: AbortSignal): SharedLog {
  const members = new Set<Member>();
  let level: Position | undefined;

  async function pump(from: Position): Promise<void> {
    try {
      for await (const { events } of store.subscribe(from, ending)) {
        const decoded = decodeAll(events);
        level = events.at(-1)?.position ?? level;
        // While one is slow the others wait: what is read ahead stays within one batch.
        await Promise.all([...members].map((member) => taken(member, decoded)));
      }
    } finally {
      level = undefined;
    }
  }

  async function taken(member: Member, events: readonly Decoded[]): Promise<void> {
    try {
      await member.build.take(events);
    } catch (error) {
      members.delete(member);
      member.fail(error);
    }
  }

  /** Whether the build is level with the log as it is read for the others, or begins the reading. */
  const isLevel = ({ position }: Build): boolean => level === undefined || comparePositions(position, level) >= 0;

  async function catchUp(build: Build, signal: AbortSignal, carefulUpTo: Position | undefined): Promise<void> {
    while (!signal.aborted) {
      const careful = carefulUpTo !== undefined && comparePositions(build.position, carefulUpTo) < 0;
      const events = await store.readAll(build.position, careful ? 1 : PAGE);
      if (events.length > 0) await build.take(decodeAll(events));
      if (careful) await build.written();
      else if (events.length < PAGE && isLevel(build)) return;
    }
  }

  return {
    async follow(build, signal, carefulUpTo) {
      await catchUp(build, signal, carefulUpTo);
      if (signal.aborted) return;
      await new Promise<void>((resolve, fail) => {
        const member = { build, fail };
        members.add(member);
        signal.addEventListener(
          'abort',
          () => {
            members.delete(member);
            resolve();
          },
          { once: true },
        );
        if (members.size === 1 && level === undefined) {
          level = build.position;
          pump(build.position).catch((error: unknown) => {
            for (const one of members) one.fail(error);
            members.clear();
          });
        }
      });
    },
  };
}
