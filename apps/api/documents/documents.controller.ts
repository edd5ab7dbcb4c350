import { createHash } from 'node:crypto';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DOCUMENT_KINDS, type DocumentKind } from '#documents/document.js';
import { FORMAT_NAMES, FORMATS, type Format } from '#documents/formats.js';
import { KINDS, makeDocument } from '#documents/kinds/catalogue.js';
import { thingOfId } from '#documents/kinds/thing-of-id.js';
import { viewerOfDocument } from '#documents/kinds/viewer.js';
import { BEGINNING } from '#event-store/event-store.js';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';
import { findEdition, type Edition } from '#queries/editions.js';
import { ReadModel } from '#queries/read-model.js';
import { Reads } from '../access/declared-access.js';
import { momentOfStage } from '../changes/stages.js';
import { PathId } from '../doors/path-ids.js';
import { problemResponses } from '../openapi/problem-responses.js';
import { Problem } from '../problems/problem.js';
import { HttpExchange, languageOf, documentText, type Exchange } from '../reading/exchange.js';
import { ReadDoor, READERS } from '../reading/read-door.js';
import { parameterProblem, Reader } from '../reading/reader.js';
import { listOf, record, word } from '../reading/shape.js';
import { Offers } from '../request/negotiation.js';
import { EditionId, Line, LogPosition, Moment, Slug, Stage, State } from '../validation/fields.js';
import { DocumentsDesk } from './documents-desk.js';

class DocumentQuestion {
  // Not one of a list, since another language is another form of the answer: 406.
  @Line({ max: 35, optional: true, description: `Of the document: ${LANGUAGES.join(', ')}; else by Accept-Language, else ru`, example: 'kk' })
  lang?: string;

  @Moment({ optional: true, description: 'A log position or an RFC 3339 time: the document as it would have been made then', example: '1042' })
  asOf?: string;

  @LogPosition({ optional: true, description: 'The answer waits, five seconds at most, until the read side has come this far' })
  minPosition?: string;

  @EditionId({ optional: true, description: 'As it was when this edition was dispatched, and under its name; not with asOf', example: 'csto-2024.e1' })
  edition?: string;

  @State({ optional: true, description: 'Of the kind `state`' })
  state?: string;

  @Slug({ optional: true, description: 'Of the kind `body`', example: 'ksopn' })
  body?: string;

  @Line({ max: 100, optional: true, description: 'Of the kind `audit`: the id of the agenda, or of a priority, commitment, body or edition', example: 'csto-2024.2.1' })
  thing?: string;

  @Stage({ optional: true, description: 'Of the kind `changes`: the earlier moment, a position, a time, an edition or `acknowledged`; the beginning where absent', example: 'csto-2024.e1' })
  from?: string;

  @Stage({ optional: true, description: 'Of the kind `changes`: the later moment; as asOf', example: 'csto-2024.e2' })
  to?: string;
}

const listShape = record({
  items: listOf(
    record({ kind: word('What it tells', 'agenda'), needs: { anyOf: [word('What it must be told beside', 'state'), { type: 'null' }] }, links: listOf(record({ format: word('Of the file', 'pdf'), href: word('Where it is', '/v1/agendas/csto-2024/documents/agenda.pdf') })) }),
  ),
});

@ApiTags('Documents')
@Controller('v1/agendas/:agendaId/documents')
export class DocumentsController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly desk: DocumentsDesk,
  ) {}

  @ReadDoor('', { operationId: 'listDocuments', summary: 'The documents that there are of an agenda', answer: listShape })
  list(@PathId('agendaId') agenda: string, @HttpExchange() exchange: Exchange): string {
    const items = DOCUMENT_KINDS.map((kind) => ({
      kind,
      needs: KINDS[kind].needs ?? null,
      links: FORMAT_NAMES.map((format) => ({ format, href: `/v1/agendas/${agenda}/documents/${kind}.${format}` })),
    }));
    return documentText(exchange, { items });
  }

  @Get(':kind.:format')
  @Reads(...READERS)
  @Offers(...Object.values(FORMATS).map((type) => type.split(';')[0]!))
  @ApiOperation({
    operationId: 'readDocument',
    summary: 'One document: the same kind, language and moment are always the same bytes',
    description: `Kinds: ${DOCUMENT_KINDS.join(', ')}. It tells what every member state may know, so that it can be forwarded, and is the same whoever asks; a state's own liaison finds its drafts in its own \`state\` document. \`Repr-Digest\` (RFC 9530) carries the digest of the bytes. For the roles: ${READERS.join(', ')}.`,
  })
  @ApiParam({ name: 'kind', schema: { type: 'string', enum: [...DOCUMENT_KINDS], example: 'agenda' } })
  @ApiParam({ name: 'format', schema: { type: 'string', enum: [...FORMAT_NAMES], example: 'pdf' } })
  @ApiHeader({ name: 'If-None-Match', description: 'The entity tag of a document that the client has', schema: { type: 'string' }, example: '"e3b0c44298fc1c149afb"' })
  @ApiHeader({ name: 'Accept-Language', description: 'Of the document, where `lang` does not say', schema: { type: 'string' }, example: 'kk, ru;q=0.8' })
  @ApiResponse({
    status: 200,
    description: 'The document',
    content: Object.fromEntries(Object.values(FORMATS).map((type) => [type.split(';')[0]!, { schema: { type: 'string' as const, format: 'binary' }, example: '%PDF-1.7 …' }])),
    headers: {
      'Repr-Digest': { description: 'SHA-256 of the bytes (RFC 9530)', schema: { type: 'string' } },
      'Log-Position': { description: 'That it tells of', schema: { type: 'string' }, example: '1042' },
      ETag: { description: 'Of the very bytes', schema: { type: 'string' } },
    },
  })
  @ApiResponse({ status: 304, description: 'The client has it (`If-None-Match`)' })
  @problemResponses([
    'PARAMETER_INVALID', 'TOKEN_MISSING', 'TOKEN_REFUSED', 'ROLE_NOT_ALLOWED', 'NOT_ACCEPTABLE', 'DOCUMENT_UNKNOWN', 'DOCUMENT_TOO_LARGE', 'AGENDA_UNKNOWN', 'EDITION_UNKNOWN',
    'TOO_MANY_REQUESTS', 'STORE_AWAY', 'KEYS_AWAY', 'READ_SIDE_BEHIND', 'DOCUMENTS_BUSY', 'TIMED_OUT',
  ])
  async read(
    @PathId('agendaId') agenda: string,
    @Param('kind') kindName: string,
    @Param('format') formatName: string,
    @HttpExchange() exchange: Exchange,
    @Query() question: DocumentQuestion,
  ): Promise<StreamableFile | string> {
    const kind = kindOf(kindName);
    const format = formatOf(formatName);
    const language = languageAsked(exchange, question.lang);
    const { needs } = KINDS[kind];
    if (needs !== undefined && needs !== 'from' && question[needs] === undefined) throw parameterProblem(needs, `is needed for a document of the kind ${kind}`);
    const thing = question.thing === undefined ? undefined : thingOfId(question.thing, agenda);
    if (question.thing !== undefined && !thing) throw parameterProblem('thing', 'is the id of nothing that has a history of its own');

    const edition = await this.editionOf(exchange, agenda, question);
    const asOf = edition?.log_position ?? (await momentOfStage(this.reader, exchange, agenda, question, 'to')) ?? question.asOf;
    const at = await this.reader.momentOf({ asOf, minPosition: question.minPosition });
    const from = await this.reader.momentOf({ asOf: (await momentOfStage(this.reader, exchange, agenda, question, 'from')) ?? BEGINNING }, 'from');
    if (BigInt(from.position) > BigInt(at.position)) throw parameterProblem('from', 'must not be later than the moment of the document');

    const reading = this.reader.reading(exchange, at);
    const document = await makeDocument(kind, {
      reading: { ...reading, viewer: viewerOfDocument(kind, reading.viewer, question.state) },
      store: this.model.store,
      agenda,
      language,
      from,
      ...(edition && { edition: { number: edition.number, digest: edition.digest, checkpoint: edition.checkpoint?.note ?? null } }),
      ...(question.state !== undefined && { state: question.state }),
      ...(question.body !== undefined && { body: question.body }),
      ...(thing && { thing }),
    });
    if (!document) throw new Problem('AGENDA_UNKNOWN', `There was nothing at position ${at.position} that it could be made of.`);
    const bytes = await this.desk.render(document, format, whileAwaited(exchange));
    return answered(exchange, bytes, `${agenda}-${[kind, question.state, question.body, question.thing?.replaceAll('.', '-')].filter(Boolean).join('-')}-${at.position}-${language}.${format}`, FORMATS[format], at.position, language);
  }

  private async editionOf(exchange: Exchange, agenda: string, { edition: id, asOf, minPosition }: DocumentQuestion): Promise<Edition | undefined> {
    if (id === undefined) return undefined;
    if (asOf !== undefined) throw parameterProblem('asOf', 'must not stand with edition, which has a moment of its own');
    const edition = await findEdition(this.reader.reading(exchange, await this.reader.momentOf({ minPosition })), id);
    if (edition?.agenda !== agenda) throw new Problem('EDITION_UNKNOWN', `${id} is no edition of ${agenda}.`);
    return edition;
  }
}

function kindOf(name: string): DocumentKind {
  const kind = DOCUMENT_KINDS.find((one) => one === name);
  return kind ?? fail(new Problem('DOCUMENT_UNKNOWN', `There is no document ${name}; there are ${DOCUMENT_KINDS.join(', ')}.`));
}

function formatOf(name: string): Format {
  const format = FORMAT_NAMES.find((one) => one === name);
  return format ?? fail(new Problem('NOT_ACCEPTABLE', `There is no format ${name}; there are ${FORMAT_NAMES.join(', ')}.`));
}

function languageAsked({ request }: Exchange, asked: string | undefined): Language {
  const language = LANGUAGES.find((one) => one === asked);
  if (asked !== undefined && !language) throw new Problem('NOT_ACCEPTABLE', `There are no documents in ${asked}; there are such in ${LANGUAGES.join(', ')}.`);
  return languageOf(request, language);
}

function fail(problem: Problem): never {
  throw problem;
}

/** Aborts when the client has gone, so that nobody works for it any more. */
function whileAwaited({ response }: Exchange): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function answered({ request, response }: Exchange, bytes: Uint8Array, name: string, type: string, position: string, language: Language): StreamableFile | string {
  const hash = createHash('sha256').update(bytes).digest();
  delete request.headers['cache-control'];
  response.set({
    ETag: `"${hash.toString('hex').slice(0, 32)}"`,
    'Repr-Digest': `sha-256=:${hash.toString('base64')}:`,
    'Log-Position': position,
    'Content-Language': language,
    'Cache-Control': 'private, no-cache',
    Vary: 'Accept, Accept-Language, Authorization',
  });
  if (request.fresh) {
    response.status(304);
    return '';
  }
  return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });
}
