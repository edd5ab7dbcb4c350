import {
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  WrongExpectedVersionError,
  type JSONEventType,
  type KurrentDBClient,
} from '@kurrent/kurrentdb-client';
import type { Append } from '#event-store/append.js';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { Appended, Position } from '#event-store/event-store.js';
import { exactly, isMet, NO_REVISION } from '#event-store/expected-revision.js';
import { isPosition } from '#event-store/position.js';
import { settle, type Place } from '#event-store/settle.js';
import type { Reading } from './reading.js';
import type { StreamNames } from './streams.js';

const PAGE = 1_000;

type JsonRecord = JSONEventType<string, Record<string, unknown>, Record<string, unknown>>;

/**
 * Appends. At a revision the server itself tells a retry from a conflict by what stands there, for ever. At `any` and
 * `exists` it remembers only the latest ids, and not their order: such an append is made at the revision that its stream
 * is read to have, so that it can be retried as safely.
 * @param deadline milliseconds for one attempt
 */
export function appending(client: KurrentDBClient, names: StreamNames, reading: Reading, deadline: number) {
  async function appendAt({ stream, events }: Append, revision: number): Promise<Appended> {
    const { nextExpectedRevision, position } = await client.appendToStream(
      names.onServer(stream),
      events.map(({ id, type, data, metadata }) => jsonEvent<JsonRecord>({ id, type, data, metadata })),
      { streamState: revision === NO_REVISION ? NO_STREAM : BigInt(revision), requiresLeader: true, deadline },
    );
    const last = Number(nextExpectedRevision);
    const told = position && String(position.commit);
    // Of a retry that it has not yet indexed the server does not know the position.
    return { revision: last, position: told !== undefined && isPosition(told) ? told : await positionOf(stream, last) };
  }

  async function positionOf(stream: string, revision: number): Promise<Position> {
    const [event] = await reading.stream(stream, revision, 1);
    if (!event) throw new Error(`event ${revision} of ${stream} was acknowledged but cannot be read`);
    return event.position;
  }

  async function appendWhereItIs(append: Append): Promise<Appended> {
    for (;;) {
      const { actual, places } = await look(append);
      const met = isMet(append.expected, actual);
      if (!met || places.some(Boolean)) return settle(append, met ? undefined : actual, places);
      try {
        return await appendAt(append, actual);
      } catch (error) {
        if (!(error instanceof WrongExpectedVersionError)) throw error;
      }
    }
  }

  /** Where the stream is, and which of the append's events are in it. */
  async function look({ stream, events }: Append): Promise<{ actual: number; places: (Place | undefined)[] }> {
    const wanted = new Set(events.map(({ id }) => id));
    const placeOf = new Map<string, Place>();
    let actual = NO_REVISION;
    for (;;) {
      const page = await reading.stream(stream, actual + 1, PAGE);
      for (const event of page) if (wanted.has(event.id)) placeOf.set(event.id, event);
      actual = page.at(-1)?.revision ?? actual;
      if (page.length < PAGE) return { actual, places: events.map(({ id }) => placeOf.get(id)) };
    }
  }

  return async (append: Append): Promise<Appended> => {
    const revision = exactly(append.expected);
    try {
      return revision === undefined ? await appendWhereItIs(append) : await appendAt(append, revision);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) {
        const actual = error.actualState === NO_STREAM ? NO_REVISION : Number(error.actualState);
        throw new WrongExpectedRevision(append.stream, append.expected, actual);
      }
      if (error instanceof MaxAppendSizeExceededError) {
        throw new RangeError(`an append is at most ${error.maxAppendSize} bytes on this server`, { cause: error });
      }
      throw error;
    }
  };
}
