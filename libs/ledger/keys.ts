import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '#platform/clock.js';
import { inTransaction } from '#platform/database.js';
import { randomId } from '#platform/ids.js';
import { parseVerifier, verifier, verifierLine, type Verifier } from './signed-note.js';

/** A key with which this log signs, under the log's origin. */
export type Signer = Verifier & { readonly privateKey: KeyObject };

export type OwnKeys = {
  readonly current: KeyObject;
  /** Signs beside the current one, until everybody knows that. */
  readonly previous?: KeyObject;
  /** The name of the log. Where it has none yet and none is given, one is made. */
  readonly origin?: string;
};

/** The keys or the name are not those of this ledger; the message is one line that says what to do. */
export class LedgerKeysUnknown extends Error {
  override readonly name = 'LedgerKeysUnknown';
}

/**
 * The signers of this ledger. Keys are known from their first use on; a new one is taken only beside one that is known.
 * @throws {LedgerKeysUnknown}
 */
export async function enrol(db: Pool, { current, previous, origin }: OwnKeys, clock: Clock): Promise<Signer[]> {
  return inTransaction(db, async (client) => {
    await client.query('lock table ledger.key in exclusive mode');
    const { rows } = await client.query<{ key: string }>('select key from ledger.key order by since, key');
    const known = rows.map(({ key }) => key);
    const name = known[0] === undefined ? (origin ?? `mindet/${randomId()}`) : parseVerifier(known[0]).name;
    if (origin !== undefined && origin !== name) {
      throw new LedgerKeysUnknown(`LEDGER_ORIGIN is ${origin}, and this ledger signs as ${name}: a log keeps its name`);
    }
    const signers = [current, ...(previous ? [previous] : [])].map(
      (privateKey): Signer => ({ ...verifier(name, createPublicKey(privateKey), 'log'), privateKey }),
    );
    const lines = signers.map(verifierLine);
    if (known.length > 0 && !lines.some((line) => known.includes(line))) {
      throw new LedgerKeysUnknown(
        `the ledger's key is not one that this ledger was ever signed with (the last is ${known.at(-1)}): put the right one back, or give that one as the previous key`,
      );
    }
    await client.query('insert into ledger.key (key, since) select unnest($1::text[]), $2 on conflict do nothing', [lines, clock()]);
    return signers;
  });
}

/** Every public key with which the ledger was ever signed, the first one first: what verifiers are given. */
export async function publicKeys(db: Pool): Promise<Verifier[]> {
  const { rows } = await db.query<{ key: string }>('select key from ledger.key order by since, key');
  return rows.map(({ key }) => parseVerifier(key));
}
