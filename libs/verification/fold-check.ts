import { decode, type Event } from '#domain/catalogue.js';
import { foldOf, thingOfStream, type AnyFold } from '#domain/things.js';
import type { EventStore, RecordedEvent } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { readWholeStream } from '#event-store/read-whole-stream.js';
import type { Decoded } from '#projections/decoded.js';
import { recentMap } from '#projections/recent-map.js';
import { nameOf, type Findings } from './difference.js';

/** How many streams' states are kept at hand; what was forgotten is folded again. */
const REMEMBERED_STREAMS = 5_000;

type Folding = { state: unknown; sound: boolean };

/** Each event must mean something to the thing that it belongs to. Of each stream the first that does not is told. */
export function foldCheck(store: EventStore, findings: Findings): { look(events: readonly Decoded[]): Promise<void> } {
  const foldings = recentMap<Folding>(REMEMBERED_STREAMS);

  async function learn(event: RecordedEvent): Promise<void> {
    const fold = foldOfStream(event.stream);
    const folding: Folding = { state: fold?.initial, sound: true };
    foldings.set(event.stream, folding);
    if (fold === undefined || event.revision === 0) return;
    for await (const earlier of readWholeStream(store, event.stream)) {
      if (comparePositions(earlier.position, event.position) >= 0) break;
      const known = decoded(earlier);
      // It was told of then.
      if (known === undefined || !step(folding, fold, known)) folding.sound = false;
    }
  }

  function lookAt({ recorded, event, failure }: Decoded): void {
    const found = (what: string) => findings.add({ kind: 'log', what, position: recorded.position, event: nameOf(recorded) });
    const folding = foldings.get(recorded.stream)!;
    const fold = foldOfStream(recorded.stream);
    if (fold === undefined) return found(`the event belongs to ${recorded.stream}, which is no kind of thing that this release knows`);
    if (!folding.sound) return;
    folding.sound = event !== undefined && step(folding, fold, event);
    if (folding.sound) return;
    if (failure !== undefined) return found('the event cannot be read in its present shape');
    if (event === undefined) return found('the event is of a type that this release does not know');
    found(`the event means nothing to ${recorded.stream} as it then was`);
  }

  return {
    async look(events) {
      const unknown = new Map<string, RecordedEvent>();
      for (const { recorded } of events) {
        if (!unknown.has(recorded.stream) && foldings.get(recorded.stream) === undefined) unknown.set(recorded.stream, recorded);
      }
      await Promise.all([...unknown.values()].map(learn));
      events.forEach(lookAt);
      foldings.forget();
    },
  };
}

/** False where the event changed nothing: what is not well-formed, or not of this kind of thing, is passed over by `evolve`. */
function step(folding: Folding, fold: AnyFold, event: Event): boolean {
  const before = folding.state;
  folding.state = fold.evolve(before, event);
  return folding.state !== before;
}

function foldOfStream(stream: string): AnyFold | undefined {
  const thing = thingOfStream(stream);
  return thing && foldOf(thing.kind);
}

function decoded(recorded: RecordedEvent): Event | undefined {
  try {
    return decode(recorded);
  } catch {
    return undefined;
  }
}
