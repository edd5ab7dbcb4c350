import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '#ledger/checkpoint.js';
import { cosigned, openCosignature } from '#ledger/cosignature.js';
import { isProven, parseProof } from '#ledger/inclusion-proof.js';
import { isConsistent } from '#ledger/merkle-tree.js';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { parseNote, parseVerifier, privateKey, signatureLine, verifier, verifierLine, type Verifier } from '#ledger/signed-note.js';
import { startService, type TestService } from '../testing/service.js';

const witnessKey = privateKey(Buffer.alloc(32, 9));
const witness = verifier('mfa.kg/witness', createPublicKey(witnessKey), 'cosignature');

describe('the ledger over HTTP', () => {
  let service: TestService;
  let log: Verifier;
  const chair = () => service.as({ role: 'chair' });
  const auditor = () => service.as({ role: 'auditor' });
  const liaison = () => service.as({ role: 'liaison', state: 'KG' });
  const secretariat = () => service.as({ role: 'secretariat' });

  const register = async (id: string): Promise<string> => {
    const answer = await secretariat().post('/v1/bodies', { id, names: { ru: 'Совет' }, kind: 'council' });
    return answer.body.position as string;
  };
  const checkpoint = async (minPosition: string) => {
    const { text, body } = await auditor().get(`/v1/ledger/checkpoint?minPosition=${minPosition}`);
    expect(openCheckpoint(body.checkpoint as string, log).checkpoint.size).toBe(body.size);
    return { ...(body as { size: number; root: string; checkpoint: string }), text };
  };

  beforeAll(async () => {
    service = await startService();
    await register('skb');
    const { body } = await auditor().get('/v1/ledger/keys');
    log = parseVerifier(body.keys[0] as string);
  });
  afterAll(() => service.close());

  it('makes the first checkpoint for whoever asks first', async () => {
    const { body } = await auditor().get('/v1/ledger/checkpoint');
    expect(body).toMatchObject({ size: 1, position: '1' });
  });

  it('signs for whoever asks a checkpoint over what was just recorded', async () => {
    const position = await register('kssb');
    const { size } = await checkpoint(position);
    expect(size).toBe(2);
    const note = await chair().get('/v1/ledger/checkpoint', { Accept: 'text/plain' });
    expect(openCheckpoint(note.text, log).checkpoint.size).toBe(2);
    const again = await chair().get('/v1/ledger/checkpoint', { Accept: 'text/plain', 'If-None-Match': note.headers['etag']! });
    expect(again.status).toBe(304);
  });

  it('proves to any role that an event is in the log, in words that need no server to be verified', async () => {
    const { body } = await auditor().get('/v1/events');
    const [event] = await service.stores.store.readAll('0', 1);
    expect(body.items[0].id).toBe(event!.id);
    const { text } = await liaison().get(`/v1/ledger/inclusion/${event!.id}`, { Accept: 'text/plain' });
    expect(isProven(canonicalEvent(event!), parseProof(text), log)).toBeDefined();
    const json = await liaison().get(`/v1/ledger/inclusion/${event!.id}?size=2`);
    expect(json.body).toMatchObject({ index: 0, size: 2 });
  });

  it('proves that the log has only grown', async () => {
    const earlier = await checkpoint('2');
    const later = await checkpoint(await register('ksopn'));
    const { body } = await auditor().get(`/v1/ledger/consistency?from=${earlier.size}&to=${later.size}`);
    const path = (body.path as string[]).map((hash) => Buffer.from(hash, 'base64'));
    const [from, to] = [earlier, later].map(({ checkpoint }) => openCheckpoint(checkpoint, log).checkpoint);
    expect(isConsistent(from!.size, from!.root, to!.size, to!.root, path)).toBe(true);
  });

  it('serves a checkpoint with the cosignature of a state’s witness', async () => {
    const { size, checkpoint: note } = await checkpoint('1');
    const { text } = parseNote(note);
    const signature = signatureLine(cosigned(text, witness, witnessKey, 1_700_000_000)).trimEnd();
    const door = `/v1/ledger/checkpoints/${size}/cosignatures`;

    expect((await liaison().post(door, { signature })).body).toMatchObject({ code: 'COSIGNATURE_REFUSED' });
    expect((await liaison().post('/v1/ledger/witnesses', { key: verifierLine(witness) })).status).toBe(201);
    const another = await service.as({ role: 'liaison', state: 'TJ' }).post('/v1/ledger/witnesses', { key: verifierLine(witness) });
    expect([another.status, another.body.code]).toEqual([409, 'WITNESS_TAKEN']);
    const elsewhere = await service.as({ role: 'liaison', state: 'TJ' }).post(door, { signature });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'COSIGNATURE_REFUSED']);
    expect((await liaison().post(door, { signature })).status).toBe(201);

    const served = parseNote((await auditor().get(`/v1/ledger/checkpoint?size=${size}`)).body.checkpoint as string);
    expect(openCosignature(text, served.signatures.at(-1)!, witness)?.time).toBe(1_700_000_000);
  });

  it.each([
    ['/v1/ledger/checkpoint?size=-1', 400, 'PARAMETER_INVALID'],
    ['/v1/ledger/checkpoint?size=99', 404, 'CHECKPOINT_UNKNOWN'],
    ['/v1/ledger/checkpoint?minPosition=nonsense', 400, 'PARAMETER_INVALID'],
    ['/v1/ledger/inclusion/nonsense', 404, 'EVENT_UNKNOWN'],
    ['/v1/ledger/inclusion/018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', 404, 'EVENT_UNKNOWN'],
    ['/v1/ledger/consistency?from=3&to=2', 400, 'PARAMETER_INVALID'],
    ['/v1/ledger/consistency?from=2', 400, 'PARAMETER_INVALID'],
    ['/v1/ledger/consistency?from=0&to=98', 404, 'CHECKPOINT_UNKNOWN'],
  ])('%s is answered with %i %s', async (path, status, code) => {
    const answer = await auditor().get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['witnesses', { key: 'nonsense' }, '/key'],
    ['witnesses', { key: 'a+b' }, '/key'],
    ['checkpoints/2/cosignatures', { signature: 'nonsense' }, '/signature'],
  ])('a body of %s that says what cannot be names the field', async (door, body, pointer) => {
    const answer = await liaison().post(`/v1/ledger/${door}`, body);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer]);
  });
});
