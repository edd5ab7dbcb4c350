import type { RecordedEvent } from '#event-store/event-store.js';
import { canonicalEvent } from './canonical-event.js';

const LINE_BREAK = Buffer.from('\n');
/** Bytes in a piece, about: each costs a turn of the stream that carries it. */
const PIECE = 64 * 1024;

/** An export: each event's canonical form on a line of its own, in pieces that hold whole lines. */
export async function* exportLines(events: AsyncIterable<RecordedEvent>): AsyncGenerator<Buffer> {
  let lines: Buffer[] = [];
  let bytes = 0;
  for await (const event of events) {
    const line = canonicalEvent(event);
    lines.push(line, LINE_BREAK);
    bytes += line.length + 1;
    if (bytes < PIECE) continue;
    yield Buffer.concat(lines, bytes);
    lines = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(lines, bytes);
}
