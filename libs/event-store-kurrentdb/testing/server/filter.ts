import { invalidArgument } from './refusals.js';
import type { LoggedEvent } from './log.js';
import type { ReadReq } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';

/** How many events KurrentDB reads at a time where the reader does not say (`DefaultReadBatchSize`). */
const DEFAULT_WINDOW = 32;

export interface EventFilter {
  passes(event: LoggedEvent): boolean;
  /** How many events are considered from one checkpoint to the next. */
  readonly checkpointInterval: number;
}

/** The filter of a read of `$all`; a regular expression is searched for, not matched against the whole. */
export function filterOf(options: ReadReq.Options): EventFilter | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  if (!expression) throw invalidArgument('the filter has no expression');
  const prefixes = expression.getPrefixList();
  const pattern = expression.getRegex() === '' ? undefined : new RegExp(expression.getRegex());
  const multiplier = filter.getCheckpointintervalmultiplier();
  if (options.hasSubscription() && multiplier === 0) throw invalidArgument('checkpointIntervalMultiplier is 0');
  return {
    passes(event) {
      const text = byType ? event.type : event.stream;
      return pattern ? pattern.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
    },
    checkpointInterval: (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW) * multiplier,
  };
}
