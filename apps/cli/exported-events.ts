import { decode, METADATA_NAMES } from '#domain/catalogue.js';
import { UUID_PATTERN } from '#domain/identifiers.js';
import { foldOf, thingOfStream } from '#domain/things.js';
import { MalformedCloudEvent, recordedEvent } from '#event-store/cloud-event.js';
import { BEGINNING, type RecordedEvent } from '#event-store/event-store.js';
import { comparePositions, isPosition } from '#event-store/position.js';
import { canonicalEvent } from '#ledger/canonical-event.js';

/** A line of an export is not what it must be. */
export class ExportUnsound extends Error {
  override readonly name = 'ExportUnsound';
  constructor(
    /** From 1. */
    readonly line: number,
    reason: string,
  ) {
    super(`line ${line}: ${reason}`);
  }
}

/**
 * The events of an export, each in its canonical form and following from those before it: positions rise, times do not fall, ids
 * are new, revisions have no gaps, and the domain knows each event and folds it. Remembers ids and states, and so takes memory
 * with the number of events.
 * @throws {ExportUnsound}
 */
export async function* soundEvents(lines: AsyncIterable<Buffer>): AsyncGenerator<RecordedEvent> {
  const follows = sequel();
  let line = 0;
  for await (const bytes of lines) {
    line++;
    try {
      const event = eventIn(bytes);
      follows(event);
      yield event;
    } catch (error) {
      if (error instanceof Flaw || error instanceof MalformedCloudEvent) throw new ExportUnsound(line, error.message);
      throw error;
    }
  }
}

/** The events of an export that was found sound. */
export async function* eventsIn(lines: AsyncIterable<Buffer>): AsyncGenerator<RecordedEvent> {
  for await (const bytes of lines) yield eventIn(bytes);
}

class Flaw extends Error {}

function eventIn(bytes: Buffer): RecordedEvent {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString());
  } catch {
    throw new Flaw('it is not JSON');
  }
  const event = recordedEvent(parsed, METADATA_NAMES);
  // So that the log that is made of it is exported with the very same bytes.
  if (!canonicalEvent(event).equals(bytes)) throw new Flaw('it is not the canonical form of an event of this service');
  return event;
}

function sequel(): (event: RecordedEvent) => void {
  const ids = new Set<string>();
  const things = new Map<string, { revision: number; state: unknown }>();
  let last = { position: BEGINNING, recordedAt: '' };
  return (event) => {
    const { id, stream, type, revision, position, recordedAt } = event;
    if (!isPosition(position) || comparePositions(position, last.position) <= 0) throw new Flaw(`its position, ${position}, does not come after ${last.position}`);
    if (!isTime(recordedAt) || recordedAt < last.recordedAt) throw new Flaw(`its time, ${recordedAt}, is not one that comes after ${last.recordedAt}`);
    if (!UUID_PATTERN.test(id) || ids.has(id)) throw new Flaw(`its id, ${id}, is no UUID, or was there before`);
    const of = thingOfStream(stream);
    if (!of) throw new Flaw(`its stream, ${stream}, is of nothing that is known`);
    const fold = foldOf(of.kind);
    const before = things.get(stream) ?? { revision: -1, state: fold.initial };
    if (revision !== before.revision + 1) throw new Flaw(`its revision in ${stream} is ${revision}, after ${before.revision}`);
    const decoded = decode(event);
    const state = decoded && fold.evolve(before.state, decoded);
    if (!decoded || state === before.state) throw new Flaw(`${type} is not known, or says nothing that ${stream} could have come to`);
    ids.add(id);
    things.set(stream, { revision, state });
    last = { position, recordedAt };
  };
}

const isTime = (text: string): boolean => {
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString() === text;
};
