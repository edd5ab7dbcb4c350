import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BEGINNING } from '#event-store/event-store.js';
import { readChanges } from '#queries/changes.js';
import { PathId } from '../doors/path-ids.js';
import { Problem } from '../problems/problem.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { parameterProblem, Reader } from '../reading/reader.js';
import { anything, document, listOf, record, time, word } from '../reading/shape.js';
import { Moment } from '../validation/fields.js';

class ChangesQuestion extends Question {
  @Moment({ optional: true, description: 'The earlier moment, a log position or an RFC 3339 time; the beginning where absent', example: '1' })
  from?: string;

  @Moment({ optional: true, description: 'The later moment; now where absent' })
  to?: string;
}

const momentShape = record({ position: word('In the log', '1042'), moment: time('When that was') });

const changesShape = document({
  agenda: word('Of the agenda', 'csto-2024'),
  from: momentShape,
  to: momentShape,
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
  constructor(private readonly reader: Reader) {}

  @ReadDoor('agendas/:agendaId/changes', {
    operationId: 'readChanges',
    summary: 'What is different in an agenda between two moments',
    answer: changesShape,
    absent: 'AGENDA_UNKNOWN',
  })
  async changes(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: ChangesQuestion) {
    const { from = BEGINNING, to = question.asOf } = question;
    const later = await this.reader.momentOf({ ...question, asOf: to }, question.to === undefined ? 'asOf' : 'to');
    const earlier = await this.reader.momentOf({ asOf: from }, 'from');
    if (BigInt(earlier.position) > BigInt(later.position)) throw parameterProblem('from', 'must not be later than to');
    const items = await readChanges(this.reader.reading(exchange, later), id, earlier, later);
    if (!items) throw new Problem('AGENDA_UNKNOWN', `There was none at position ${later.position}.`);
    const shown = { agenda: id, from: shownMoment(earlier), to: shownMoment(later), items };
    return this.reader.send(exchange, question, later, shown);
  }
}

const shownMoment = ({ position, time: moment }: { position: string; time: string }) => ({ position, moment });
