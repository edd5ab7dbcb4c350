import { REJECTIONS, type RejectionCode, type RejectionKind } from '#domain/rejection.js';

/** What the interface itself turns away, before or beside the domain. Codes are stable: clients decide by them. */
const OWN = {
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  MALFORMED_REQUEST: { status: 400, title: 'The request is malformed' },
  HEADER_INVALID: { status: 400, title: 'A header says what cannot be' },
  PARAMETER_INVALID: { status: 400, title: 'A query parameter says what cannot be' },
  TOKEN_MISSING: { status: 401, title: 'A bearer token is needed' },
  TOKEN_REFUSED: { status: 401, title: 'The bearer token is not accepted' },
  ROUTE_UNKNOWN: { status: 404, title: 'There is nothing at this address' },
  EVENT_UNKNOWN: { status: 404, title: 'The log has no such event' },
  PROJECTION_UNKNOWN: { status: 404, title: 'There is no such projection' },
  VERIFICATION_UNKNOWN: { status: 404, title: 'There is no such verification' },
  CHECKPOINT_UNKNOWN: { status: 404, title: 'The ledger has no such checkpoint' },
  STATE_ABSENT: { status: 404, title: 'The state is a member state of no agenda' },
  CHANNEL_UNKNOWN: { status: 404, title: 'The state has no such channel' },
  DOCUMENT_UNKNOWN: { status: 404, title: 'There is no such document' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not answer to this method' },
  NOT_ACCEPTABLE: { status: 406, title: 'The answer cannot be given in the form asked for' },
  NOTHING_TO_SEND_AGAIN: { status: 409, title: 'There is no channel, or it is on its way already' },
  DOCUMENT_TOO_LARGE: { status: 406, title: 'The document is too large for this format' },
  WITNESS_TAKEN: { status: 409, title: 'The name is that of another witness' },
  STALE_REVISION: { status: 412, title: 'The thing has changed since it was read' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The body is of a kind that is not understood here' },
  FIELDS_INVALID: { status: 422, title: 'Fields of the body say what cannot be' },
  CHANNEL_URL_INVALID: { status: 422, title: 'The address is not one to send to' },
  CHANNEL_URL_SCHEME: { status: 422, title: 'The address is of a scheme that is not sent to' },
  CHANNEL_HOST_NOT_ALLOWED: { status: 422, title: 'The host is not among those that may be sent to' },
  CHANNEL_ADDRESS_PRIVATE: { status: 422, title: 'The address is not a public one' },
  COSIGNATURE_REFUSED: { status: 422, title: 'The cosignature does not hold' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key was used for another command' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  MOMENT_IN_FUTURE: { status: 400, title: 'The moment asked about has not come yet' },
  INTERNAL: { status: 500, title: 'The service failed' },
  STORE_AWAY: { status: 503, title: 'A store cannot be reached' },
  DOCUMENTS_BUSY: { status: 503, title: 'Too many documents are being made' },
  KEYS_AWAY: { status: 503, title: 'Tokens cannot be judged now' },
  TOO_MUCH_CONTENTION: { status: 503, title: 'Others changed the thing each time that the command was decided' },
  LEDGER_BEHIND: { status: 503, title: 'No signed checkpoint covers that yet' },
  READ_NOT_RECORDED: { status: 503, title: 'That this was read cannot be recorded, so it is not handed out' },
  READ_SIDE_BEHIND: { status: 503, title: 'What can be read has not come as far as was asked for' },
  TIMED_OUT: { status: 503, title: 'The request took too long' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemKind = { readonly status: number; readonly title: string };
export type ProblemCode = keyof typeof OWN | RejectionCode;

const STATUS_OF_REJECTION: Record<RejectionKind, number> = { absent: 404, refused: 409, forbidden: 403, invalid: 422 };

/** Every problem that the service answers with, by its code. */
export const PROBLEMS: ReadonlyMap<string, ProblemKind> = new Map<string, ProblemKind>([
  ...Object.entries(OWN),
  ...Object.entries(REJECTIONS).map(([code, { kind, title }]) => [code, { status: STATUS_OF_REJECTION[kind], title }] as const),
]);

export const problemKind = (code: ProblemCode): ProblemKind => PROBLEMS.get(code)!;
/** The page that says more of a problem; also its type. Relative to the service's own address. */
export const problemType = (code: ProblemCode): string => `/problems/${code}`;
