import { freezing } from '#composition/freezing.js';
import { openLedger } from '#composition/open-ledger.js';
import { openReadSide, type ReadSideOfService } from '#composition/open-read-side.js';
import type { Stores } from '#composition/open-stores.js';
import type { Freeze } from '#commands/freeze.js';
import type { Environment } from '#platform/environment.js';

/** Runs work on the read side, which follows the log meanwhile, with a ledger that signs. Where the service runs, it does that already, and these stand by. */
export async function withReadSide<T>(stores: Stores, environment: Environment, work: (side: ReadSideOfService, freeze: Freeze) => Promise<T>): Promise<T> {
  const closing = new AbortController();
  const trouble = (error: unknown) => console.error(error instanceof Error ? error.message : error);
  const side = openReadSide(stores, { projecting: true, onTrouble: (_, error) => trouble(error), closing: closing.signal });
  const ledger = await openLedger(environment, stores, { keeping: true, onTrouble: trouble, closing: closing.signal });
  try {
    return await work(side, freezing(side, ledger));
  } finally {
    closing.abort();
    await Promise.all([side.close(), ledger.close()]);
  }
}
