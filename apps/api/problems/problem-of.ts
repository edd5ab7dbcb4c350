import { HttpException, NotFoundException } from '@nestjs/common';
import { KeysUnavailable, TokenRefused } from '#access/errors.js';
import { ReadNotRecorded } from '#access/reads.js';
import { IdempotencyKeyReused, StaleRevision, TooMuchContention } from '#commands/errors.js';
import { DomainRejection } from '#domain/rejection.js';
import { StoreUnavailable } from '#event-store/errors.js';
import { DocumentTooLarge, RenderingBusy } from '#documents/render-pool.js';
import { LedgerBehind } from '#ledger/await-checkpoint.js';
import { NotProjected } from '#projections/errors.js';
import { ReadSideBehind } from '#queries/moment.js';
import { isDatabaseAway } from '#platform/database-away.js';
import { Problem } from './problem.js';

const RETRY_SOON = { 'Retry-After': '1' };
const RETRY_LATER = { 'Retry-After': '5' };

/** What the client is told of an error. Whatever is not foreseen here is ours, and the client learns nothing of its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DomainRejection) {
    const errors = error.field === undefined ? [] : [{ pointer: error.field, detail: error.detail }];
    return new Problem(error.code, error.detail, { errors, cause: error });
  }
  if (error instanceof StaleRevision) return stale(error);
  if (error instanceof IdempotencyKeyReused) {
    const detail = 'The key stands for another command already; a new command takes a new key.';
    return new Problem('IDEMPOTENCY_KEY_REUSED', detail, { errors: [{ header: 'Idempotency-Key', detail }], cause: error });
  }
  if (error instanceof TooMuchContention) {
    return new Problem('TOO_MUCH_CONTENTION', 'Nothing was recorded; try again.', { headers: RETRY_SOON, cause: error });
  }
  if (error instanceof TokenRefused) return tokenRefused(error);
  if (error instanceof KeysUnavailable) {
    return new Problem('KEYS_AWAY', 'The keys of the token’s issuer cannot be read now.', { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof ReadNotRecorded) {
    return new Problem('READ_NOT_RECORDED', 'Try again later.', { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof RenderingBusy) {
    return new Problem('DOCUMENTS_BUSY', 'Many documents are being made; try again.', { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof DocumentTooLarge) {
    return new Problem('DOCUMENT_TOO_LARGE', 'Ask for another format, xlsx or csv, or for a part of it.', { cause: error });
  }
  if (error instanceof LedgerBehind) {
    return new Problem('LEDGER_BEHIND', `Position ${error.position} is not signed yet; try again.`, { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof StoreUnavailable || isDatabaseAway(error)) {
    const detail = 'Whether a command was recorded is not known; the same command with the same Idempotency-Key settles it.';
    return new Problem('STORE_AWAY', detail, { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof NotFoundException) {
    return new Problem('ROUTE_UNKNOWN', 'There is nothing at this address.', { cause: error });
  }
  if (error instanceof NotProjected) {
    return new Problem('READ_SIDE_BEHIND', 'The tables that are read are being made; try again.', { headers: RETRY_LATER, cause: error });
  }
  if (error instanceof ReadSideBehind) {
    const detail = `Position ${error.needed} cannot be read yet; try again.`;
    return new Problem('READ_SIDE_BEHIND', detail, { headers: RETRY_SOON, cause: error });
  }
  if (isMalformed(error)) {
    return new Problem('MALFORMED_REQUEST', 'The address of the request cannot be read.', { cause: error });
  }
  return new Problem('INTERNAL', 'The failure was noted under the trace id given here.', { cause: error });
}

function stale(error: StaleRevision): Problem {
  const now = error.actual === -1 ? 'there is nothing yet' : `it is at revision ${error.actual} now`;
  const seen = error.seen === 'exists' ? 'If-Match asks for something that exists' : `Revision ${error.seen} was seen`;
  const detail = `${seen}, but ${now}. Nothing was recorded.`;
  return new Problem('STALE_REVISION', detail, { errors: [{ header: 'If-Match', detail }], cause: error });
}

/** RFC 6750: the challenge says what is wrong with the token. Header values are ASCII. */
function tokenRefused(error: TokenRefused): Problem {
  const description = error.message.replaceAll('"', "'");
  const challenge = `Bearer realm="mindet", error="invalid_token", error_description="${description}"`;
  return new Problem('TOKEN_REFUSED', error.message, { headers: { 'WWW-Authenticate': challenge }, cause: error });
}

/** What the router and Nest raise where an address cannot be decoded. */
const isMalformed = (error: unknown): boolean =>
  error instanceof URIError || (error instanceof HttpException ? error.getStatus() === 400 : statusOf(error) === 400);

const statusOf = (error: unknown): unknown => (error instanceof Error && 'status' in error ? error.status : undefined);
