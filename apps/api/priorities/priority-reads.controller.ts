import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readPriority } from '#queries/commitments.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { document, word } from '../reading/shape.js';
import { priorityFields } from '../reading/work-shapes.js';

@ApiTags('Priorities')
@Controller('v1')
export class PriorityReadsController {
  constructor(private readonly reader: Reader) {}

  @ReadDoor('priorities/:priorityId', {
    operationId: 'readPriority',
    summary: 'One priority with its commitments',
    answer: document({ ...priorityFields(), agenda: word('Of the agenda', 'csto-2024') }),
    absent: 'PRIORITY_UNKNOWN',
  })
  read(@PathId('priorityId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'PRIORITY_UNKNOWN', (reading) => readPriority(reading, id));
  }
}
