import type { Pool } from 'pg';
import type { Position } from '#event-store/event-store.js';
import type { Clock } from '#platform/clock.js';
import { checkpointText, parseCheckpointText } from './checkpoint.js';
import type { Signer } from './keys.js';
import { noteOf, parseSignature, signatureLine, signed } from './signed-note.js';
import { rootAt, treeSize } from './tree-store.js';

/** Notified with each checkpoint that was made. */
export const CHECKPOINT_CHANNEL = 'ledger_checkpoint';

export type SignedCheckpoint = {
  readonly size: number;
  /** Of the last event that it covers. */
  readonly position: Position;
  /** The signed note, with the cosignatures that were given. */
  readonly note: string;
  /** When it was signed. RFC 3339. */
  readonly madeAt: string;
};

/** What the service has signed is not what its tree says now: the ledger's tables were changed behind its back. */
export class LedgerInconsistent extends Error {
  override readonly name = 'LedgerInconsistent';
}

/**
 * Signs the tree as it is with each key, unless that was done already.
 * @throws {LedgerInconsistent} it does not continue what was signed last, and is not signed
 */
export async function makeCheckpoint(db: Pool, signers: readonly Signer[], clock: Clock): Promise<SignedCheckpoint> {
  const { size, position } = await treeSize(db);
  const last = await latestCheckpoint(db);
  if (last) await requireContinued(db, last, size);
  if (last?.size === size) return last;
  const text = checkpointText({ origin: signers[0]!.name, size, root: await rootAt(db, size) });
  await db.query(
    `with made as (
       insert into ledger.checkpoint (size, position, text, signatures, made_at) values ($1, $2, $3, $4, $5)
       on conflict (size) do nothing returning size)
     select pg_notify('${CHECKPOINT_CHANNEL}', size::text) from made`,
    [size, position, text, signers.map((signer) => signatureLine(signed(text, signer, signer.privateKey))).join(''), clock()],
  );
  return (await readCheckpoint(db, 'size = $1', [size]))!;
}

async function requireContinued(db: Pool, last: SignedCheckpoint, size: number): Promise<void> {
  const { root } = parseCheckpointText(last.note.slice(0, last.note.indexOf('\n\n') + 1));
  if (last.size > size || !(await rootAt(db, last.size)).equals(root)) {
    throw new LedgerInconsistent(`the tree of ${size} events does not continue the checkpoint of ${last.size} that was signed at ${last.madeAt}`);
  }
}

export const latestCheckpoint = (db: Pool): Promise<SignedCheckpoint | undefined> => readCheckpoint(db, 'true', []);

export const checkpointOf = (db: Pool, size: number): Promise<SignedCheckpoint | undefined> => readCheckpoint(db, 'size = $1', [size]);

/** The first that covers the event at a place in the log. */
export const checkpointOver = async (db: Pool, index: number): Promise<SignedCheckpoint | undefined> =>
  readCheckpoint(db, 'size = (select min(size) from ledger.checkpoint where size > $1)', [index]);

async function readCheckpoint(db: Pool, condition: string, values: readonly unknown[]): Promise<SignedCheckpoint | undefined> {
  const { rows } = await db.query<{ size: string; position: Position; text: string; signatures: string; made_at: Date; cosignatures: string[] }>(
    `select size, position, text, signatures, made_at,
       array(select line from ledger.cosignature c where c.size = checkpoint.size order by received_at, witness) as cosignatures
     from ledger.checkpoint where ${condition} order by size desc limit 1`,
    [...values],
  );
  const [row] = rows;
  if (!row) return undefined;
  const lines = [...row.signatures.trimEnd().split('\n'), ...row.cosignatures];
  return {
    size: Number(row.size),
    position: row.position,
    note: noteOf({ text: row.text, signatures: lines.map(parseSignature) }),
    madeAt: row.made_at.toISOString(),
  };
}
