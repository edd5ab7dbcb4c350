import { v5, v7 } from 'uuid';

/** A new UUID (version 7: ids made later sort later, which keeps indexes dense). */
export function randomId(): string {
  return v7();
}

/**
 * The same UUID (version 5) for the same pair, always: what a command makes keeps its identity when the command is
 * repeated.
 * @param parent a UUID
 * @throws {TypeError} `parent` is no UUID
 */
export function derivedId(parent: string, name: string): string {
  return v5(name, parent);
}
