import type { Agenda } from '#domain/agenda/state.js';
import type { DispatchEdition } from '#domain/edition/commands.js';
import { recipientsOf, type Frozen } from '#domain/edition/decider.js';
import type { Position } from '#event-store/event-store.js';
import { LedgerBehind } from '#ledger/await-checkpoint.js';
import type { SignedCheckpoint } from '#ledger/checkpoints.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { contentAt } from './content.js';
import { keepContent } from './kept-content.js';

type Ground = {
  readonly side: ReadSide;
  /** Resolves to `undefined` where no checkpoint covers the position in time. */
  readonly covering: (position: Position) => Promise<SignedCheckpoint | undefined>;
};

/**
 * The agenda as everything recorded until now has it, kept under its digest, with the ledger's word on that log.
 * @throws {ReadSideBehind | LedgerBehind} nothing was dispatched, and the same again may be
 * @throws {DomainRejection} of the recipients
 */
export async function freeze(
  { side, covering }: Ground,
  edition: DispatchEdition['data'] & { readonly editionId: string; readonly number: number },
  agenda: Agenda,
): Promise<Frozen> {
  const { editionId, number } = edition;
  const recipients = recipientsOf(agenda, edition.recipients);
  const logPosition = await side.store.head();
  const at = await momentOf(side, { asOf: { position: logPosition }, minPosition: logPosition });
  const [content, checkpoint] = await Promise.all([
    contentAt({ db: side.db, at }, { ...edition, recipients }),
    covering(logPosition),
  ]);
  if (!content) return { editionId, number, logPosition, digest: '', priorities: 0 };
  if (!checkpoint) throw new LedgerBehind(logPosition);
  await keepContent(side.db, content);
  const { digest, priorities } = content;
  return { editionId, number, logPosition, digest, priorities, checkpoint: { size: checkpoint.size, note: checkpoint.note } };
}
