import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { MalformedNote, parseVerifier, verifierLine } from '#ledger/signed-note.js';
import { addCosignature, CosignatureRefused, listWitnesses, registerWitness, WitnessTaken, type Witness } from '#ledger/witnesses.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { Line } from '../validation/fields.js';
import { checkpointDocument } from './checkpoint-document.js';
import { checkpointShape, witnessesShape, witnessShape } from './ledger-shapes.js';

class NewWitness {
  @Line({ max: 500, description: 'The public key of the witness: name+id+base64, of the kind for cosignatures', example: 'mfa.kg/witness+1a2b3c4d+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW' })
  key!: string;
}

class NewCosignature {
  @Line({ max: 1_000, description: 'The signature line: an em dash, the name, base64', example: '\u2014 mfa.kg/witness jWbPPwAAAABkGFDL…' })
  signature!: string;
}

const OF_WRITING = [
  'MALFORMED_JSON', 'HEADER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'BODY_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED', 'FIELDS_INVALID', 'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'TIMED_OUT',
] as const;

/** A member state's own witness: it sees that the log only grows, and says so over a checkpoint. */
@ApiTags('The ledger')
@Controller('v1/ledger')
export class WitnessesController {
  constructor(private readonly model: ReadModel) {}

  @ReadDoor('witnesses', { operationId: 'listWitnesses', summary: 'Whose cosignatures are taken', answer: witnessesShape })
  async list(@HttpExchange() exchange: Exchange): Promise<string> {
    return documentText(exchange, { items: await listWitnesses(this.model.side.db) });
  }

  @Post('witnesses')
  @HttpCode(201)
  @Reads('liaison')
  @ApiOperation({
    operationId: 'registerWitness',
    summary: 'Register the key of the own state’s witness',
    description: 'The same key again changes nothing; a name keeps its key. For the role: liaison.',
  })
  @ApiResponse({ status: 201, description: 'It is registered', schema: witnessShape })
  @problemResponses([...OF_WRITING, 'WITNESS_TAKEN'])
  async register(@HttpExchange() { request }: Exchange, @Body() { key }: NewWitness): Promise<Witness> {
    const { state, subject } = request.actor!;
    const witness = readKey(key);
    try {
      return await registerWitness(this.model.side.db, { ...witness, state: state! }, subject, this.model.side.clock);
    } catch (error) {
      if (error instanceof WitnessTaken) throw new Problem('WITNESS_TAKEN', `${error.message}.`, { cause: error });
      throw error;
    }
  }

  @Post('checkpoints/:checkpointSize/cosignatures')
  @HttpCode(201)
  @Reads('liaison')
  @ApiOperation({
    operationId: 'cosignCheckpoint',
    summary: 'Hand in the cosignature of the own state’s witness over a checkpoint',
    description:
      'In the format of C2SP tlog-cosignature, Ed25519. It is verified before it is kept; from then on the checkpoint is served with it. For the role: liaison.',
  })
  @ApiResponse({ status: 201, description: 'The checkpoint with it', schema: checkpointShape })
  @problemResponses([...OF_WRITING, 'CHECKPOINT_UNKNOWN', 'COSIGNATURE_REFUSED'])
  async cosign(@PathId('checkpointSize') size: string, @HttpExchange() { request }: Exchange, @Body() { signature }: NewCosignature) {
    const { db, clock } = this.model.side;
    try {
      return checkpointDocument(await addCosignature(db, Number(size), signature, request.actor!.state!, clock));
    } catch (error) {
      if (error instanceof CosignatureRefused && error.reason === 'unknown-checkpoint') throw new Problem('CHECKPOINT_UNKNOWN', `${error.message}.`);
      if (error instanceof CosignatureRefused) throw new Problem('COSIGNATURE_REFUSED', `${error.message}.`, { errors: [{ pointer: '/signature', detail: error.message }] });
      if (error instanceof MalformedNote) throw fieldProblem('/signature', error.message);
      throw error;
    }
  }
}

function readKey(line: string): Pick<Witness, 'name' | 'key'> {
  try {
    const witness = parseVerifier(line);
    if (witness.type !== 'cosignature') throw new MalformedNote('the key is not of the kind for cosignatures (0x04)');
    return { name: witness.name, key: verifierLine(witness) };
  } catch (error) {
    if (error instanceof MalformedNote) throw fieldProblem('/key', error.message);
    throw error;
  }
}

const fieldProblem = (pointer: string, detail: string): Problem =>
  new Problem('FIELDS_INVALID', `${pointer} cannot be taken: ${detail}.`, { errors: [{ pointer, detail }] });
