import type { RejectionCode } from '#domain/rejection.js';

/** Of every command to a commitment that must still be standing. */
export const ENDED: readonly RejectionCode[] = ['COMMITMENT_UNKNOWN', 'COMMITMENT_CLOSED', 'COMMITMENT_WITHDRAWN', 'AGENDA_CLOSED'];
