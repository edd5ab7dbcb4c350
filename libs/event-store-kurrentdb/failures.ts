import {
  AccessDeniedError,
  CancelledError,
  convertToCommandError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
  UnknownError,
} from '@kurrent/kurrentdb-client';

/** What the server says without a status of its own while nobody leads, or while it starts. */
const SAYS_LATER = /no leader info|not ready|too busy|is busy|timed? ?out/i;

/** What the client says where no member of a cluster answers. */
const NOT_DISCOVERED = /^Failed to discover/;

/** Whether a new attempt may mend it: the same may work later, and an append that was under way may or may not have been made. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const known = convertToCommandError(error);
  return (
    known instanceof UnavailableError ||
    known instanceof NotLeaderError ||
    known instanceof DeadlineExceededError ||
    known instanceof TimeoutError ||
    known instanceof CancelledError ||
    (known instanceof UnknownError && SAYS_LATER.test(known.message)) ||
    NOT_DISCOVERED.test(known.message)
  );
}

export const isAccessDenied = (error: unknown): boolean =>
  error instanceof Error && convertToCommandError(error) instanceof AccessDeniedError;

/** How a server says that no record begins at a position, in reads and in subscriptions. */
const NO_PLACE = /invalid ?position|Unexpected (Filtered)?ReadAllResult: Error/i;

export const isNoPlace = (error: unknown): boolean => error instanceof Error && NO_PLACE.test(error.message);
