import type { Pool } from 'pg';
import type { Clock } from '#platform/clock.js';
import { checkpointOf, type SignedCheckpoint } from './checkpoints.js';
import { openCosignature } from './cosignature.js';
import { parseNote, parseSignature, parseVerifier, signatureLine, type Verifier } from './signed-note.js';

export type Witness = { readonly name: string; readonly key: string; readonly state: string };

/** A cosignature that is not taken; `reason` says why. */
export class CosignatureRefused extends Error {
  override readonly name = 'CosignatureRefused';
  constructor(
    readonly reason: 'unknown-checkpoint' | 'unknown-witness' | 'not-verified' | 'in-the-future',
    message: string,
  ) {
    super(message);
  }
}

/** The name is another witness's, with another key or of another state. */
export class WitnessTaken extends Error {
  override readonly name = 'WitnessTaken';
}

/** How far a witness's clock may be ahead of ours, in seconds. */
const CLOCK_SKEW_S = 300;

/**
 * From now on cosignatures by the key are taken, as the state's. The same again changes nothing.
 * @throws {WitnessTaken}
 */
export async function registerWitness(db: Pool, { name, key, state }: Witness, by: string, clock: Clock): Promise<Witness> {
  await db.query(
    `insert into ledger.witness (name, key, state, registered_by, registered_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do nothing`,
    [name, key, state, by, clock()],
  );
  const registered = (await listWitnesses(db)).find((witness) => witness.name === name)!;
  if (registered.key !== key || registered.state !== state) throw new WitnessTaken(`${name} is the name of another witness`);
  return registered;
}

export async function listWitnesses(db: Pool): Promise<Witness[]> {
  const { rows } = await db.query<Witness>('select name, key, state from ledger.witness order by name');
  return rows;
}

/**
 * Keeps a state's cosignature over a checkpoint of this log, which serves it from then on. The same again changes nothing.
 * @param line the signature line of a signed note
 * @returns the checkpoint with its cosignatures
 * @throws {MalformedNote | CosignatureRefused}
 */
export async function addCosignature(db: Pool, size: number, line: string, state: string, clock: Clock): Promise<SignedCheckpoint> {
  const checkpoint = await checkpointOf(db, size);
  if (!checkpoint) throw new CosignatureRefused('unknown-checkpoint', `no checkpoint of ${size} events was ever signed`);
  const signature = parseSignature(line.trimEnd());
  const witnesses = (await listWitnesses(db)).filter((witness) => witness.state === state);
  const witness = witnesses.map(({ key }): Verifier => parseVerifier(key)).find(({ name, id }) => name === signature.name && id === signature.keyId);
  if (!witness) throw new CosignatureRefused('unknown-witness', `${signature.name} is no witness of ${state} with that key`);
  const opened = openCosignature(parseNote(checkpoint.note).text, signature, witness);
  if (!opened) throw new CosignatureRefused('not-verified', `the cosignature of ${witness.name} is not over this checkpoint`);
  if (opened.time > clock().getTime() / 1000 + CLOCK_SKEW_S) {
    throw new CosignatureRefused('in-the-future', `the cosignature of ${witness.name} is dated in the future`);
  }
  await db.query(
    `insert into ledger.cosignature (size, witness, line, signed_at, received_at) values ($1, $2, $3, to_timestamp($4), $5)
     on conflict (size, witness) do nothing`,
    [size, witness.name, signatureLine(signature).trimEnd(), opened.time, clock()],
  );
  return (await checkpointOf(db, size))!;
}
