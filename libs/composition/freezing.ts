import type { Freeze } from '#commands/freeze.js';
import { freeze } from '#editions/freeze.js';
import type { LedgerOfService } from './open-ledger.js';
import type { ReadSideOfService } from './open-read-side.js';

/** Freezes what this process reads, under what its ledger signs. */
export const freezing =
  ({ model }: ReadSideOfService, { covering }: LedgerOfService): Freeze =>
  (edition, agenda) =>
    freeze({ side: model.side, covering }, edition, agenda);
