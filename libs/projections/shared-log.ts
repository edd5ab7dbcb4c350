import type { EventStore, Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import type { Build } from './build.js';
import { decodeAll, type Decoded } from './decoded.js';
import { pause } from '#platform/patience.js';

const PAGE = 1_000;

/** How long the first waits for those that begin with it, in milliseconds. */
const GATHERING_MS = 20;

/** The log, read and decoded once for all builds that are level with one another. */
export interface SharedLog {
  /**
   * Has a build take the log from where it stands: by itself until it is level with the others, then together with them.
   * Ends without an error when the signal aborts, and then has the build take nothing more.
   * @throws what the build throws
   */
  follow(build: Build, signal: AbortSignal): Promise<void>;
}

/** A build that is carried along, and how to let go of it: for it to catch up by itself, or for good. */
interface Member {
  readonly build: Build;
  /** What it is taking; never fails. */
  taking: Promise<void>;
  readonly leave: (how: 'behind' | 'ended') => void;
  readonly fail: (error: unknown) => void;
}

export function sharedLog(store: EventStore, ending: AbortSignal): SharedLog {
  const members = new Set<Member>();
  /** How far the log was read for the members; undefined while it is not being read. */
  let level: Position | undefined;
  let reading = false;

  async function read(): Promise<void> {
    reading = true;
    try {
      await pause(GATHERING_MS, ending);
      // Whoever is far behind would hold the others up.
      const furthest = [...members].map(({ build }) => build.position).sort(comparePositions).at(-1);
      if (furthest === undefined) return;
      level = furthest;
      for (const member of members) if (!isLevel(member.build)) member.leave('behind');
      for await (const { events, caughtUp } of store.subscribe(furthest, ending)) {
        if (members.size === 0) return;
        level = events.at(-1)?.position ?? level;
        const decoded = decodeAll(events);
        // While one is slow the others wait: what is read ahead stays within one batch.
        await Promise.all([...members].map((member) => (member.taking = take(member, decoded, caughtUp))));
      }
    } catch (error) {
      for (const { fail } of members) fail(error);
    } finally {
      reading = false;
      level = undefined;
      // Somebody may have come while the reading was ending for want of readers.
      if (members.size > 0 && !ending.aborted) void read();
    }
  }

  async function take({ build, fail }: Member, events: readonly Decoded[], caughtUp: boolean): Promise<void> {
    try {
      await build.take(events);
      // Otherwise what cannot be written would show with the next event only.
      if (caughtUp) await build.written();
    } catch (error) {
      fail(error);
    }
  }

  const isLevel = ({ position }: Build): boolean => level === undefined || comparePositions(position, level) >= 0;

  const carried = (build: Build, signal: AbortSignal): Promise<'behind' | 'ended'> =>
    new Promise((resolve, reject) => {
      const left = (settle: () => void): void => {
        members.delete(member);
        signal.removeEventListener('abort', end);
        settle();
      };
      const member: Member = {
        build,
        taking: Promise.resolve(),
        leave: (how) => left(() => resolve(member.taking.then(() => how))),
        fail: (error) => left(() => reject(error)),
      };
      const end = (): void => member.leave('ended');
      members.add(member);
      signal.addEventListener('abort', end);
      // What it took by itself is perhaps still being written, and nothing more may come in which a failure would show.
      build.written().catch(member.fail);
      if (!reading) void read();
    });

  return {
    async follow(build, signal) {
      while (!signal.aborted) {
        // Nothing may be read for the others between this being found and the build being among them.
        if (isLevel(build) && (await carried(build, signal)) === 'ended') return;
        await build.take(decodeAll(await store.readAll(build.position, PAGE)));
      }
    },
  };
}
