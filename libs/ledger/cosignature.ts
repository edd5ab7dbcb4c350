import { sign, verify, type KeyObject } from 'node:crypto';
import type { Signature, Verifier } from './signed-note.js';

/**
 * A witness's statement that, as of a time, the checkpoint was the largest that it had seen of the log, and consistent with
 * all before (https://c2sp.org/tlog-cosignature, the Ed25519 kind).
 */
export type Cosignature = {
  /** POSIX time in seconds. */
  readonly time: number;
  readonly signature: Signature;
};

const message = (checkpointText: string, time: number): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${checkpointText}`);

/** @param time POSIX time in seconds */
export function cosigned(checkpointText: string, witness: Verifier, privateKey: KeyObject, time: number): Signature {
  const timestamp = Buffer.alloc(8);
  timestamp.writeBigUInt64BE(BigInt(time));
  const signature = sign(null, message(checkpointText, time), privateKey);
  return { name: witness.name, keyId: witness.id, bytes: Buffer.concat([timestamp, signature]) };
}

/** `undefined` where the signature is not that witness's over that checkpoint. */
export function openCosignature(checkpointText: string, signature: Signature, witness: Verifier): Cosignature | undefined {
  const { name, keyId, bytes } = signature;
  if (witness.type !== 'cosignature' || name !== witness.name || keyId !== witness.id || bytes.length !== 8 + 64) return undefined;
  const time = Number(bytes.readBigUInt64BE());
  if (!Number.isSafeInteger(time) || !verify(null, message(checkpointText, time), witness.key, bytes.subarray(8))) return undefined;
  return { time, signature };
}
