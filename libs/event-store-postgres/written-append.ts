import type { Append } from '#event-store/append.js';

/** An append whose JSON is written out, so that nobody changes it while it waits. */
export interface WrittenAppend extends Append {
  readonly data: readonly string[];
  readonly metadata: readonly string[];
  /** Of its JSON. */
  readonly characters: number;
}

export function writeOut(append: Append): WrittenAppend {
  const data = append.events.map((event) => JSON.stringify(event.data));
  const metadata = append.events.map((event) => JSON.stringify(event.metadata));
  const characters = [...data, ...metadata].reduce((sum, text) => sum + text.length, 0);
  return { ...append, data, metadata, characters };
}
