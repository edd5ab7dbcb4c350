import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CommandService } from '#commands/command-service.js';
import { serviceCommand } from '#commands/service-command.js';
import { EDITION_PURPOSES, type EditionPurpose } from '#domain/vocabulary.js';
import { contentOf } from '#editions/content-of.js';
import { findEdition, listEditions, registerOf, tallyOf, type Edition } from '#queries/editions.js';
import { inLanguage } from '#queries/language.js';
import { ReadModel } from '#queries/read-model.js';
import type { Reading } from '#queries/rows.js';
import { PathId } from '../doors/path-ids.js';
import { Problem } from '../problems/problem.js';
import { HttpExchange, languageOf, tagged, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { anything } from '../reading/shape.js';
import { OneOf, Slug } from '../validation/fields.js';
import { editionShape, editionsShape, tallyShape } from './edition-shapes.js';

class EditionsQuestion extends ListQuestion {
  @Slug({ optional: true, description: 'An agenda’s id', example: 'csto-2024' })
  agenda?: string;

  @OneOf(EDITION_PURPOSES, { optional: true })
  purpose?: EditionPurpose;
}

@ApiTags('Editions')
@Controller('v1')
export class EditionReadsController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly commands: CommandService,
  ) {}

  @ReadDoor('editions', { operationId: 'listEditions', summary: 'What was sent to whom, and what they answered', answer: editionsShape })
  list(@HttpExchange() exchange: Exchange, @Query() question: EditionsQuestion) {
    return this.reader.list(exchange, question, {
      read: (reading, { after, limit }) => listEditions(reading, question, { limit, ...(after && { after: [String(after[0]), Number(after[1])] }) }),
      placeOf: ({ agenda, number }) => [agenda, number],
      place: ['csto-2024', 1],
    });
  }

  @ReadDoor('editions/:editionId', {
    operationId: 'readEdition',
    summary: 'One edition exactly as it was dispatched, with each state’s delivery, acknowledgement and position',
    description: 'Whatever becomes of the agenda, it stays the same, but for what the states answer: nothing in it tells of the moment of the question.',
    answer: editionShape,
    absent: 'EDITION_UNKNOWN',
  })
  async read(@PathId('editionId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    const { reading, edition } = await this.find(id, exchange, question);
    const language = languageOf(exchange.request, question.lang);
    const { document } = inLanguage(await registerOf(reading, edition), language);
    const content = await contentOf(this.model.side, edition);
    exchange.response.set({ 'Log-Position': reading.at.position, 'Content-Language': language });
    // The very bytes, so that what the digest is of can be cut out again.
    const text = `${JSON.stringify(document).slice(0, -1)},"content":${Buffer.from(content).toString('utf8')}}`;
    return tagged(exchange, 'application/json', text, String(edition.revision));
  }

  @ReadDoor('editions/:editionId/content', {
    operationId: 'readEditionContent',
    summary: 'What was sent: canonical JSON (RFC 8785), byte by byte what the digest is of',
    description:
      'For ever the same, in all languages at once. `Repr-Digest` (RFC 9530) carries the digest. That the liaison of a state to which it was sent fetched it is recorded as its delivery by `pull`.',
    answer: anything('The edition’s imprint and the whole agenda: `{ format, edition, agenda }`'),
    absent: 'EDITION_UNKNOWN',
  })
  async content(@PathId('editionId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    const { reading, edition } = await this.find(id, exchange, question);
    const content = await contentOf(this.model.side, edition);
    await this.recordPull(exchange, reading, edition);
    const digest = Buffer.from(edition.digest, 'hex').toString('base64');
    exchange.response.set({ 'Log-Position': reading.at.position, 'Repr-Digest': `sha-256=:${digest}:` });
    return tagged(exchange, 'application/json', Buffer.from(content).toString('utf8'));
  }

  @ReadDoor('editions/:editionId/tally', {
    operationId: 'readEditionTally',
    summary: 'Who has an edition, who answered what, who is silent, how long is left',
    roles: ['chair', 'secretariat', 'auditor'],
    answer: tallyShape,
    absent: 'EDITION_UNKNOWN',
  })
  async tally(@PathId('editionId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    const { reading, edition } = await this.find(id, exchange, question);
    const now = question.asOf === undefined ? this.model.side.clock().toISOString() : reading.at.time;
    return this.reader.send(exchange, question, reading.at, await tallyOf(reading, edition, now));
  }

  private async find(id: string, exchange: Exchange, question: Question) {
    const reading = this.reader.reading(exchange, await this.reader.momentOf(question));
    const edition = await findEdition(reading, id);
    if (!edition) throw new Problem('EDITION_UNKNOWN', `There was none at position ${reading.at.position}.`);
    return { reading, edition };
  }

  /** Before anything is handed out: what was not recorded was not delivered. */
  private async recordPull({ request }: Exchange, reading: Reading, edition: Edition): Promise<void> {
    const { role, state } = request.actor!;
    if (role !== 'liaison' || state === undefined) return;
    const { recipients } = await registerOf(reading, edition);
    const recipient = recipients.find((one) => one.state === state);
    if (!recipient || recipient.deliveries.some(({ channel }) => channel === 'pull')) return;
    const data = { editionId: edition.id, agendaId: edition.agenda, state, channel: 'pull' } as const;
    await this.commands.issue({ type: 'RecordDelivery', data }, serviceCommand(`${edition.id} ${state} pull`));
  }
}
