import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BEGINNING } from '#event-store/event-store.js';
import { readChanges } from '#queries/changes.js';
import { HAPPENINGS } from '#queries/happenings.js';
import { inWords } from '#queries/history-words.js';
import { ReadModel } from '#queries/read-model.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { historyItemProperties, OPTIONAL_OF_HISTORY_ITEM } from '../history/history-shapes.js';
import { Problem } from '../problems/problem.js';
import { HttpExchange, languageOf, type Exchange } from '../reading/exchange.js';
import { Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { parameterProblem, Reader } from '../reading/reader.js';
import { anything, document, listOf, record, time, word } from '../reading/shape.js';
import { Stage } from '../validation/fields.js';
import { momentOfStage } from './stages.js';

class ChangesQuestion extends Question {
  @Stage({
    optional: true,
    description:
      'The earlier moment: a log position, an RFC 3339 time, or an edition; `acknowledged` is the edition that the liaison’s own state acknowledged last. The beginning where absent',
    example: '1',
  })
  from?: string;

  @Stage({ optional: true, description: 'The later moment, told likewise; now where absent' })
  to?: string;
}

const momentShape = record({ position: word('In the log', '1042'), moment: time('When that was') });

const changesShape = document({
  agenda: word('Of the agenda', 'csto-2024'),
  from: momentShape,
  to: momentShape,
  happened: listOf(
    record({ what: { type: 'string', enum: [...HAPPENINGS], description: 'Of which sort it is', example: 'rescheduled' }, ...historyItemProperties }, OPTIONAL_OF_HISTORY_ITEM),
  ),
  items: listOf(
    record({
      thing: word('Which kind of thing', 'commitment'),
      id: word('Of the thing, or its parts separated by spaces', 'csto-2024.2.1'),
      change: { type: 'string', enum: ['added', 'changed', 'removed'], example: 'changed' },
      changes: listOf(
        record({
          field: word('JSON Pointer into the thing', '/due'),
          from: anything('What it was; null where it was nothing'),
          to: anything('What it became; null where it is nothing any more'),
        }),
      ),
    }),
  ),
});

@ApiTags('Agendas')
@Controller('v1')
export class ChangesController {
  constructor(
    private readonly reader: Reader,
    private readonly model: ReadModel,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('agendas/:agendaId/changes', {
    operationId: 'readChanges',
    summary: 'What is different in an agenda between two moments',
    description:
      '`happened` tells, in the order of the log, what was added, decided, rescheduled, reported, assessed and so on; `items` what each thing is after all of it.',
    answer: changesShape,
    recorded: 'drafts',
    absent: 'AGENDA_UNKNOWN',
  })
  async changes(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ChangesQuestion) {
    const from = (await momentOfStage(this.reader, exchange, id, question, 'from')) ?? BEGINNING;
    const to = (await momentOfStage(this.reader, exchange, id, question, 'to')) ?? question.asOf;
    const later = await this.reader.momentOf({ ...question, asOf: to }, question.to === undefined ? 'asOf' : 'to');
    const earlier = await this.reader.momentOf({ asOf: from }, 'from');
    if (BigInt(earlier.position) > BigInt(later.position)) throw parameterProblem('from', 'must not be later than to');
    const reading = this.reader.reading(exchange, later);
    const changes = await readChanges(reading, this.model.store, id, earlier, later);
    if (!changes) throw new Problem('AGENDA_UNKNOWN', `There was none at position ${later.position}.`);
    const unaccepted = changes.happened.filter(({ thing, type }) => thing.kind === 'report' && type !== 'ReportAccepted');
    await this.trail.leaveOfDrafts(exchange, reading, [...new Set(unaccepted.map(({ thing }) => thing.id))]);
    const language = languageOf(exchange.request, question.lang);
    const happened = changes.happened.map(({ what, ...item }) => ({ what, ...inWords(item, language) }));
    const shown = { agenda: id, from: shownMoment(earlier), to: shownMoment(later), happened, items: changes.items };
    return this.reader.send(exchange, question, later, shown);
  }
}

const shownMoment = ({ position, time: moment }: { position: string; time: string }) => ({ position, moment });
