import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedBy, MalformedNote, noteOf, parseNote, parseVerifier, privateKey, signed, verifier, verifierLine } from './signed-note.js';

/** From the documentation of golang.org/x/mod/sumdb/note, where signed notes come from. */
const NEUMANN_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const NEUMANN =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n" +
  '\n' +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

const key = privateKey(Buffer.alloc(32, 7));
const log = verifier('mindet.example/csto', createPublicKey(key), 'log');

describe('a signed note', () => {
  it('that others made is verified with the key that they gave', () => {
    const note = parseNote(NEUMANN);
    expect(isSignedBy(note.text, note.signatures[0]!, parseVerifier(NEUMANN_KEY))).toBe(true);
    expect(isSignedBy(note.text.replace('answer', 'Answer'), note.signatures[0]!, parseVerifier(NEUMANN_KEY))).toBe(false);
    expect(noteOf(note)).toBe(NEUMANN);
    expect(verifierLine(parseVerifier(NEUMANN_KEY))).toBe(NEUMANN_KEY);
  });

  it('of ours is read back as it was signed, also where its text has empty lines', () => {
    const text = 'one\n\ntwo – үш\n';
    const note = parseNote(noteOf({ text, signatures: [signed(text, log, key)] }));
    expect(note.text).toBe(text);
    expect(isSignedBy(text, note.signatures[0]!, parseVerifier(verifierLine(log)))).toBe(true);
  });

  it('is not believed of another name or another kind of key', () => {
    const signature = signed('text\n', log, key);
    expect(isSignedBy('text\n', signature, verifier('mindet.example/other', createPublicKey(key), 'log'))).toBe(false);
    expect(isSignedBy('text\n', signature, verifier(log.name, createPublicKey(key), 'cosignature'))).toBe(false);
  });

  it.each([
    ['', 'nothing'],
    ['text\n', 'no signature'],
    ['text\n\n', 'no signature line'],
    ['\n\n\u2014 a AAAAAAA=\n', 'no text'],
    ['text\n\n- a AAAAAAAA\n', 'a hyphen for the em dash'],
    ['text\n\n\u2014 a AAAA\n', 'no bytes behind the key id'],
    ['text\n\n\u2014 a AAAAAAB=\n', 'base64 with bits to spare'],
    ['text\n\n\u2014 a+b AAAAAAA=\n', 'a plus sign in the name'],
    ['te\txt\n\n\u2014 a AAAAAAA=\n', 'a control character'],
    ['te\ud800xt\n\n\u2014 a AAAAAAA=\n', 'half a character'],
    ['text\n\n\u2014 a AAAAAAA=', 'no line break at the end'],
    [`text\n\n${'\u2014 a AAAAAAA=\n'.repeat(101)}`, 'too many signatures'],
    [`${'x'.repeat(70_000)}\n\n\u2014 a AAAAAAA=\n`, 'too much text'],
  ])('is refused with %j: %s', (note) => {
    expect(() => parseNote(note)).toThrow(MalformedNote);
  });
});

describe('a public key', () => {
  it.each([
    '',
    'PeterNeumann',
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNewmann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq',
  ])('is refused where it is not whole: %j', (line) => {
    expect(() => parseVerifier(line)).toThrow(MalformedNote);
  });

  it.each(['', 'two words', 'a+b', 'line\nbreak'])('is refused with a name that could not stand in a note: %j', (name) => {
    expect(() => verifier(name, createPublicKey(key), 'log')).toThrow(MalformedNote);
  });
});
