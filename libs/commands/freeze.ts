import type { Agenda } from '#domain/agenda/state.js';
import type { DispatchEdition } from '#domain/edition/commands.js';
import type { Frozen } from '#domain/edition/decider.js';

/**
 * Takes the agenda as it is now and keeps it as the content of an edition, on disk before it answers.
 * What was kept and is then not dispatched stays behind, and is nobody's.
 */
export type Freeze = (edition: DispatchEdition['data'] & { readonly editionId: string; readonly number: number }, agenda: Agenda) => Promise<Frozen>;

/** Of a command side that loads agendas and dispatches nothing. */
export const nothingToFreeze: Freeze = () => {
  throw new Error('this process has no read side from which an edition could be taken');
};
