import { listOf, record, stateCode, time, whole, word, type Shape } from '../reading/shape.js';

const ROOT = 'yXuLzP0ZcKpGk6ykDmuS2V5qJ3mX8m0bF0m6n0l3yfE=';
const hash = (description: string): Shape => ({ type: 'string', format: 'byte', description: `${description}; SHA-256 in base64`, example: ROOT });
const path = (description: string): Shape => listOf(hash(description));

const note = (): Shape =>
  word('The checkpoint as a signed note (C2SP tlog-checkpoint), cosignatures and all', `mindet.example/csto\n42\n${ROOT}\n\n\u2014 mindet.example/csto …\n`);

export const checkpointShape = record({
  origin: word('The name of the log', 'mindet.example/csto'),
  size: whole('How many events it covers', 42),
  root: hash('Of the Merkle tree over them (RFC 9162)'),
  position: word('Log position of the last event that it covers', '42'),
  madeAt: time('When it was signed'),
  checkpoint: note(),
});

export const inclusionShape = record({
  index: whole('Place of the event in the log, from 0', 7),
  size: whole('Of the checkpoint', 42),
  leaf: hash('Of the event: over a zero byte and its canonical form'),
  path: path('From the leaf’s sibling upwards (RFC 9162, 2.1.3)'),
  checkpoint: note(),
});

export const consistencyShape = record({
  from: whole('Size of the earlier checkpoint', 42),
  to: whole('Size of the later one', 99),
  path: path('RFC 9162, 2.1.4'),
  fromCheckpoint: note(),
  toCheckpoint: note(),
});

export const keysShape = record({
  origin: word('The name of the log', 'mindet.example/csto'),
  keys: listOf(word('A public key with which the log signs or signed, the first one first: name+id+base64', 'mindet.example/csto+1a2b3c4d+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')),
});

export const witnessShape = record({
  name: word('Of the witness', 'mfa.kg/witness'),
  key: word('Its public key: name+id+base64', 'mfa.kg/witness+1a2b3c4d+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'),
  state: stateCode(),
});

export const witnessesShape = record({ items: listOf(witnessShape) });
