import type { Actor, StateCode } from '#domain/values.js';

/** On whose behalf is read: it decides which reports are seen. */
export type Viewer = {
  /** Everyone's reports, in whatever status. */
  readonly seesAll: boolean;
  /** Whose own reports are seen in every status; of others, the accepted ones alone. */
  readonly state?: StateCode;
  readonly body?: string;
};

export function viewerOf({ role, state, body }: Actor): Viewer {
  return role === 'liaison' || role === 'body' ? { seesAll: false, state, body } : { seesAll: true };
}
