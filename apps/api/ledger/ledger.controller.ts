import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { canonicalEvent } from '#ledger/canonical-event.js';
import { parseCheckpointText } from '#ledger/checkpoint.js';
import { checkpointOf, latestCheckpoint, type SignedCheckpoint } from '#ledger/checkpoints.js';
import { proofText } from '#ledger/inclusion-proof.js';
import { publicKeys } from '#ledger/keys.js';
import { leafHash, type Hash } from '#ledger/merkle-tree.js';
import { proveConsistency, proveInclusion } from '#ledger/proofs.js';
import { parseNote, verifierLine } from '#ledger/signed-note.js';
import { readEvent } from '#queries/event-log.js';
import { ReadModel } from '#queries/read-model.js';
import { PathId } from '../doors/path-ids.js';
import { Problem } from '../problems/problem.js';
import { documentText, HttpExchange, tagged, type Exchange } from '../reading/exchange.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { LogPosition, Whole } from '../validation/fields.js';
import { checkpointDocument } from './checkpoint-document.js';
import { LedgerDesk } from './ledger-desk.js';
import { checkpointShape, consistencyShape, inclusionShape, keysShape } from './ledger-shapes.js';

const TEXT = 'text/plain';
const MOST = Number.MAX_SAFE_INTEGER;

class CheckpointQuestion {
  @Whole({ min: 0, max: MOST, optional: true, description: 'The checkpoint of so many events; the latest where absent' })
  size?: number;

  @LogPosition({ optional: true, description: 'The answer waits, five seconds at most, until a checkpoint covers this position; one is signed for it' })
  minPosition?: string;
}

class InclusionQuestion {
  @LogPosition({ optional: true, description: 'The answer waits, five seconds at most, until the read side has come this far' })
  minPosition?: string;

  @Whole({ min: 1, max: MOST, optional: true, description: 'Under the checkpoint of so many events; the first that covers the event where absent' })
  size?: number;
}

class ConsistencyQuestion {
  @Whole({ min: 0, max: MOST, description: 'Size of the earlier checkpoint' })
  from!: number;

  @Whole({ min: 0, max: MOST, description: 'Size of the later checkpoint' })
  to!: number;
}

@ApiTags('The ledger')
@Controller('v1/ledger')
export class LedgerController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly desk: LedgerDesk,
  ) {}

  @ReadDoor('checkpoint', {
    operationId: 'readCheckpoint',
    summary: 'A signed checkpoint of the log, with the cosignatures of its witnesses',
    description: `As \`${TEXT}\`: the signed note alone.`,
    answer: checkpointShape,
    alsoAs: { type: TEXT, example: 'mindet.example/csto\n42\n…\n\n\u2014 mindet.example/csto …\n' },
    absent: 'CHECKPOINT_UNKNOWN',
  })
  async checkpoint(@HttpExchange() exchange: Exchange, @Query() { size, minPosition }: CheckpointQuestion): Promise<string> {
    const checkpoint = await this.checkpointFor(size, minPosition);
    exchange.response.set('Log-Position', checkpoint.position);
    if (wantsText(exchange)) return tagged(exchange, TEXT, checkpoint.note);
    return documentText(exchange, checkpointDocument(checkpoint));
  }

  @ReadDoor('inclusion/:eventId', {
    operationId: 'proveInclusion',
    summary: 'The proof that an event is in the log',
    description: `As \`${TEXT}\`: in the format of C2SP tlog-proof, to be verified with nothing but the log's public key.`,
    answer: inclusionShape,
    alsoAs: { type: TEXT, example: 'c2sp.org/tlog-proof@v1\nindex 7\n…\n' },
    absent: 'EVENT_UNKNOWN',
  })
  async inclusion(@PathId('eventId') id: string, @HttpExchange() exchange: Exchange, @Query() question: InclusionQuestion): Promise<string> {
    const { size } = question;
    const at = await this.reader.momentOf(question);
    const event = await readEvent(this.model.store, this.reader.reading(exchange, at), id);
    if (!event) throw new Problem('EVENT_UNKNOWN', 'The log has no event with this id.');
    // What is proved is as old as the event; the checkpoint may be made for it.
    if (size === undefined && !(await this.desk.covering(event.position))) throw behind(event.position);
    const { db } = this.model.side;
    const proof = await proveInclusion(db, event.position, size);
    if (!proof) throw new Problem('CHECKPOINT_UNKNOWN', `No checkpoint of ${size} events covers the event.`);
    exchange.response.set('Log-Position', event.position);
    if (wantsText(exchange)) return tagged(exchange, TEXT, proofText(proof));
    const { index, path, checkpoint } = proof;
    return documentText(exchange, {
      index,
      size: parseCheckpointText(parseNote(checkpoint).text).size,
      leaf: base64(leafHash(canonicalEvent(event))),
      path: path.map(base64),
      checkpoint,
    });
  }

  @ReadDoor('consistency', {
    operationId: 'proveConsistency',
    summary: 'The proof that the log under one checkpoint begins with the whole log under an earlier one',
    answer: consistencyShape,
    absent: 'CHECKPOINT_UNKNOWN',
  })
  async consistency(@HttpExchange() exchange: Exchange, @Query() { from, to }: ConsistencyQuestion): Promise<string> {
    if (from > to) {
      const detail = 'must not be more than to';
      throw new Problem('PARAMETER_INVALID', `from ${detail}.`, { errors: [{ parameter: 'from', detail }] });
    }
    const proof = await proveConsistency(this.model.side.db, from, to);
    if (!proof) throw new Problem('CHECKPOINT_UNKNOWN', `There are not checkpoints of both ${from} and ${to} events.`);
    exchange.response.set('Log-Position', proof.to.position);
    return documentText(exchange, { from, to, path: proof.path.map(base64), fromCheckpoint: proof.from.note, toCheckpoint: proof.to.note });
  }

  @ReadDoor('keys', {
    operationId: 'listLedgerKeys',
    summary: 'The public keys with which the log signs',
    description: 'Take them once, by a way that you trust, and compare.',
    answer: keysShape,
  })
  async keys(@HttpExchange() exchange: Exchange): Promise<string> {
    const keys = await publicKeys(this.model.side.db);
    if (keys.length === 0) throw behind('0');
    return documentText(exchange, { origin: keys[0]!.name, keys: keys.map(verifierLine) });
  }

  private async checkpointFor(size: number | undefined, minPosition: string | undefined): Promise<SignedCheckpoint> {
    const { db } = this.model.side;
    if (size !== undefined) {
      const checkpoint = await checkpointOf(db, size);
      if (!checkpoint) throw new Problem('CHECKPOINT_UNKNOWN', `No checkpoint of ${size} events was ever signed.`);
      return checkpoint;
    }
    const latest = minPosition === undefined ? await latestCheckpoint(db) : undefined;
    if (latest) return latest;
    // The first one is made for whoever asks first.
    const position = minPosition ?? (await this.model.side.position());
    const checkpoint = await this.desk.covering(position);
    if (!checkpoint) throw behind(position);
    return checkpoint;
  }
}

const base64 = (hash: Hash): string => hash.toString('base64');

const wantsText = ({ request }: Exchange): boolean => request.accepts(['application/json', TEXT]) === TEXT;

const behind = (position: string): Problem =>
  new Problem('LEDGER_BEHIND', `No checkpoint covers position ${position} yet; try again.`, { headers: { 'Retry-After': '5' } });
