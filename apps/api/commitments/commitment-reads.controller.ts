import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { COMMITMENT_LIFECYCLES, DELIVERIES, type CommitmentLifecycle, type Delivery } from '#domain/vocabulary.js';
import { listCommitments, orderOf, readCommitment } from '#queries/commitments.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { document, page, record, word } from '../reading/shape.js';
import { commitmentFields } from '../reading/work-shapes.js';
import { CalendarDay, OneOf, PriorityId, Slug } from '../validation/fields.js';

class CommitmentsQuestion extends ListQuestion {
  @Slug({ optional: true, description: 'An agenda’s id', example: 'csto-2024' })
  agenda?: string;

  @PriorityId({ optional: true })
  priority?: string;

  @Slug({ optional: true, description: 'A body that carries them', example: 'ksopn' })
  body?: string;

  @OneOf(COMMITMENT_LIFECYCLES, { optional: true })
  lifecycle?: CommitmentLifecycle;

  @OneOf(DELIVERIES, { optional: true, description: 'What the reporters say together' })
  delivery?: Delivery;

  @CalendarDay({ optional: true, description: 'Due on this very day' })
  due?: string;

  @CalendarDay({ optional: true, description: 'Due on this day or later' })
  dueFrom?: string;

  @CalendarDay({ optional: true, description: 'Due on this day or earlier' })
  dueTo?: string;
}

const fields = () => ({ ...commitmentFields(), agenda: word('Of the agenda', 'csto-2024'), priority: word('Of the priority', 'csto-2024.2') });

@ApiTags('Commitments')
@Controller('v1')
export class CommitmentReadsController {
  constructor(private readonly reader: Reader) {}

  @ReadDoor('commitments', {
    operationId: 'listCommitments',
    summary: 'Commitments of all agendas, by agenda, priority and number',
    answer: page(record(fields())),
  })
  list(@HttpExchange() exchange: Exchange, @Query() question: CommitmentsQuestion) {
    return this.reader.list(exchange, question, {
      read: (reading, { after, limit }) => listCommitments(reading, question, { limit, ...(after && { after }) }),
      placeOf: orderOf,
      place: ['csto-2024', 2, 1],
    });
  }

  @ReadDoor('commitments/:commitmentId', {
    operationId: 'readCommitment',
    summary: 'One commitment',
    answer: document(fields()),
    absent: 'COMMITMENT_UNKNOWN',
  })
  read(@PathId('commitmentId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'COMMITMENT_UNKNOWN', (reading) => readCommitment(reading, id));
  }
}
