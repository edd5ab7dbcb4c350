import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The kinds of signature of C2SP signed-note that are known here, by their identifier byte. Both are made with Ed25519 keys. */
export const SIGNATURE_TYPES = { log: 0x01, cosignature: 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

/** A public key by the name under which it signs. */
export type Verifier = {
  readonly name: string;
  readonly type: SignatureType;
  readonly key: KeyObject;
  /** The first four bytes of a hash over name, type and key, in hexadecimal. */
  readonly id: string;
};

export type Signature = {
  readonly name: string;
  /** Of the key, in hexadecimal. */
  readonly keyId: string;
  readonly bytes: Buffer;
};

/** Text that ends in a line break, and who signed it (https://c2sp.org/signed-note). */
export type SignedNote = { readonly text: string; readonly signatures: readonly Signature[] };

/** The text is no note, no key or no signature; the message says why. */
export class MalformedNote extends Error {
  override readonly name = 'MalformedNote';
}

/** Far more than any note of ours, and than the 16 signatures that every verifier must take. */
const MOST_CHARACTERS = 64 * 1024;
const MOST_SIGNATURES = 100;
const CONTROL = /[^\P{Cc}\n]/u;
const KEY_NAME = /^[^\s+]+$/u;
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/u;

/** @throws {MalformedNote} */
export function parseNote(note: string): SignedNote {
  if (note.length > MOST_CHARACTERS) throw new MalformedNote(`a note has at most ${MOST_CHARACTERS} characters`);
  if (CONTROL.test(note) || !note.isWellFormed()) throw new MalformedNote('a note has no control characters but line breaks');
  const end = note.lastIndexOf('\n\n');
  if (end < 1) throw new MalformedNote('a note is a text, an empty line and its signatures');
  if (!note.endsWith('\n')) throw new MalformedNote('a note ends in a line break');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw new MalformedNote(`a note has at most ${MOST_SIGNATURES} signatures`);
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** @throws {MalformedNote} */
export function parseSignature(line: string): Signature {
  const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
  if (name === undefined || encoded === undefined || !KEY_NAME.test(name)) {
    throw new MalformedNote('a signature is a line of an em dash, a space, the name of the key, a space, and base64');
  }
  const bytes = fromBase64(encoded);
  if (!bytes || bytes.length < 5) throw new MalformedNote(`the signature of ${name} is not base64 of a key id and a signature`);
  return { name, keyId: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

export const signatureLine = ({ name, keyId, bytes }: Signature): string =>
  `\u2014 ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')}\n`;

export const noteOf = ({ text, signatures }: SignedNote): string => `${text}\n${signatures.map(signatureLine).join('')}`;

/** Signs as a log does: over the text itself. */
export const signed = (text: string, { name, id }: Verifier, privateKey: KeyObject): Signature => ({
  name,
  keyId: id,
  bytes: sign(null, Buffer.from(text), privateKey),
});

/** Whether the signature is the key's own over the text. */
export const isSignedBy = (text: string, signature: Signature, { name, id, key }: Verifier): boolean =>
  signature.name === name && signature.keyId === id && verify(null, Buffer.from(text), key, signature.bytes);

/** @throws {MalformedNote} the name could not stand in a note */
export function verifier(name: string, key: KeyObject, type: SignatureType): Verifier {
  if (!KEY_NAME.test(name) || CONTROL.test(name)) throw new MalformedNote(`a key's name has neither spaces nor a plus sign: ${name}`);
  const id = createHash('sha256')
    .update(`${name}\n`)
    .update(typed(type, key))
    .digest('hex')
    .slice(0, 8);
  return { name, type, key, id };
}

/** A public key as one line, `name+id+base64`: what is handed to those who verify. */
export const verifierLine = ({ name, id, type, key }: Verifier): string => `${name}+${id}+${typed(type, key).toString('base64')}`;

/** @throws {MalformedNote} */
export function parseVerifier(line: string): Verifier {
  const [name = '', id = '', ...rest] = line.split('+');
  const bytes = fromBase64(rest.join('+'));
  const type = (Object.keys(SIGNATURE_TYPES) as SignatureType[]).find((one) => SIGNATURE_TYPES[one] === bytes?.[0]);
  if (!bytes || bytes.length !== 33 || !type) throw new MalformedNote('a public key is name+id+base64 of an Ed25519 key');
  const made = verifier(name, publicKey(bytes.subarray(1)), type);
  if (made.id !== id) throw new MalformedNote(`the id in the public key of ${name} is not that of its name and key`);
  return made;
}

/** @param seed 32 bytes, RFC 8032 */
export const privateKey = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });

const publicKey = (bytes: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') }, format: 'jwk' });

const typed = (type: SignatureType, key: KeyObject): Buffer =>
  Buffer.concat([Buffer.from([SIGNATURE_TYPES[type]]), Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')]);

/** Strictly the standard alphabet with its padding (RFC 4648 section 4): no two texts stand for the same bytes. */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
