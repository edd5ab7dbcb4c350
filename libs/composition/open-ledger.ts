import { checkpointCovering } from '#ledger/await-checkpoint.js';
import { CHECKPOINT_CHANNEL, latestCheckpoint, type SignedCheckpoint } from '#ledger/checkpoints.js';
import { keepLedger } from '#ledger/keep-ledger.js';
import { enrol, type OwnKeys } from '#ledger/keys.js';
import { treeSize } from '#ledger/tree-store.js';
import type { Position } from '#event-store/event-store.js';
import type { Environment } from '#platform/environment.js';
import { keyIn, readKey, readKeyIn } from '#platform/key-file.js';
import { wakeUps } from '#platform/wake-ups.js';
import type { Stores } from './open-stores.js';

/** How long a read waits for a checkpoint. */
const PATIENCE_MS = 5_000;
/** Backstop for a notification that was lost with its connection, and for a tree that has not come as far when it was asked for. */
const POLL_MS = 250;

type Opening = {
  /** Whether this process keeps the ledger, as far as no other does. */
  readonly keeping: boolean;
  readonly onTrouble: (error: unknown) => void;
  readonly closing: AbortSignal;
};

export type LedgerOfService = {
  /** `undefined` where no checkpoint covers the position in time. */
  readonly covering: (position: Position) => Promise<SignedCheckpoint | undefined>;
  /** How many events are in the tree, and when it was signed last (RFC 3339). */
  readonly status: () => Promise<{ size: number; signedAt?: string }>;
  /** Resolves once everything has ended, after `closing`. */
  close(): Promise<void>;
};

/** @throws {KeyFileUnusable | DataFolderUnusable | LedgerKeysUnknown} this process cannot sign in the ledger's name */
export async function openLedger(environment: Environment, stores: Stores, { keeping, onTrouble, closing }: Opening): Promise<LedgerOfService> {
  const { db, store, clock } = stores;
  const kept = keeping
    ? keepLedger({
        db,
        store,
        signers: await enrol(db, await ownKeys(environment), clock),
        clock,
        checkpointEvery: environment.LEDGER_CHECKPOINT_SECONDS * 1000,
        ending: closing,
        onTrouble,
      })
    : Promise.resolve();
  const news = wakeUps(db.options, CHECKPOINT_CHANNEL, POLL_MS);
  return {
    covering: (position) => checkpointCovering(db, position, news, AbortSignal.any([closing, AbortSignal.timeout(PATIENCE_MS)])),
    async status() {
      const [{ size }, latest] = await Promise.all([treeSize(db), latestCheckpoint(db)]);
      return { size, ...(latest && { signedAt: latest.madeAt }) };
    },
    async close() {
      await kept;
      await news.close();
    },
  };
}

/** Those that the environment names, else those of the data folder, where the current one is made at first start. */
async function ownKeys({ MINDET_DATA, LEDGER_ORIGIN, LEDGER_KEY_FILE, LEDGER_PREVIOUS_KEY_FILE }: Environment): Promise<OwnKeys> {
  const current = await (LEDGER_KEY_FILE === undefined ? keyIn(MINDET_DATA, 'ledger-key.json') : readKey(LEDGER_KEY_FILE, 'LEDGER_KEY_FILE'));
  const previous = await (LEDGER_PREVIOUS_KEY_FILE === undefined
    ? readKeyIn(MINDET_DATA, 'ledger-key-previous.json')
    : readKey(LEDGER_PREVIOUS_KEY_FILE, 'LEDGER_PREVIOUS_KEY_FILE'));
  return { current, ...(previous && { previous }), ...(LEDGER_ORIGIN !== undefined && { origin: LEDGER_ORIGIN }) };
}
