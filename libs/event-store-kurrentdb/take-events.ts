import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { carrying } from './carried-time.js';

/** An append is at most a megabyte on a server as it comes; this leaves room for what surrounds the events. */
const MOST_CHARACTERS = 250_000;

/**
 * Appends events that another log had, as they were but for their positions. One append for events of one stream that follow each
 * other, and each after the one before, so that their order is kept.
 */
export async function takeEvents(store: EventStore, events: readonly RecordedEvent[]): Promise<void> {
  for (const run of runsOf(events)) {
    const { stream, revision } = run[0]!;
    await store.append(stream, run.map(carrying), revision === 0 ? 'none' : revision - 1);
  }
}

function* runsOf(events: readonly RecordedEvent[]): Generator<RecordedEvent[]> {
  let run: RecordedEvent[] = [];
  let characters = 0;
  for (const event of events) {
    const size = JSON.stringify(event).length;
    if (run.length > 0 && (run[0]!.stream !== event.stream || characters + size > MOST_CHARACTERS)) {
      yield run;
      run = [];
      characters = 0;
    }
    run.push(event);
    characters += size;
  }
  if (run.length > 0) yield run;
}
