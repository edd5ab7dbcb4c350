import type { Position, RecordedEvent } from '#event-store/event-store.js';

/** An event as it is named to people. */
export type EventName = Pick<RecordedEvent, 'id' | 'type' | 'position'>;

/**
 * Something that is not as it follows from the log, or a log that is not as it must be. Where it is:
 * - `log`: an event does not stand with those before it; `ledger`: the log is not what the ledger recorded, or the ledger is not what was signed;
 * - `value`: a column of a row that is served is another one; `missing`: a row is not served; `extra`: a row is served that no event made;
 * - `function`: what reads a table at a moment is not what this release made.
 */
export type Difference = {
  readonly kind: 'log' | 'ledger' | 'value' | 'missing' | 'extra' | 'function';
  /** One sentence. */
  readonly what: string;
  /** In the log, of what it is about. */
  readonly position: Position | null;
  /** Which made what should be served, or which itself is amiss; none where no event did. */
  readonly event: EventName | null;
} & Partial<RowPlace>;

/** Of a version of a row, by what should be there and what is. */
export type RowPlace = {
  readonly projection: string;
  readonly table: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly column: string | null;
  /** What follows from the log: a value, or a whole row. */
  readonly rebuilt: unknown;
  readonly served: unknown;
};

/** How many differences are kept; all are counted. */
const KEPT = 1_000;

/** What is found on the way. */
export interface Findings {
  readonly kept: readonly Difference[];
  readonly count: number;
  /** How many more are worth looking up. */
  readonly room: number;
  add(difference: Difference): void;
  /** Counts what there is no room for. */
  addUnkept(count: number): void;
}

export function findings(): Findings {
  const kept: Difference[] = [];
  let count = 0;
  return {
    kept,
    get count() {
      return count;
    },
    get room() {
      return KEPT - kept.length;
    },
    add(difference) {
      count += 1;
      if (kept.length < KEPT) kept.push(difference);
    },
    addUnkept(more) {
      count += more;
    },
  };
}

export const nameOf = ({ id, type, position }: RecordedEvent): EventName => ({ id, type, position });
