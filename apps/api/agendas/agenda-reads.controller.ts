import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { listAgendas, readAgenda } from '#queries/agendas.js';
import { readMatrix } from '#queries/matrix.js';
import { Trail } from '../access-records/trail.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import { Line } from '../validation/fields.js';
import { agendaShape, agendasShape, matrixShape } from './agenda-shapes.js';

class MatrixQuestion extends Question {
  @Line({ max: 64, optional: true, description: 'A reporting period’s id; else the last report of any period', example: '2024-Q1' })
  period?: string;
}

@ApiTags('Agendas')
@Controller('v1')
export class AgendaReadsController {
  constructor(
    private readonly reader: Reader,
    private readonly trail: Trail,
  ) {}

  @ReadDoor('agendas', { operationId: 'listAgendas', summary: 'All agendas', answer: agendasShape })
  list(@HttpExchange() exchange: Exchange, @Query() question: ListQuestion) {
    return this.reader.list(exchange, question, {
      read: (reading, { after, limit }) => listAgendas(reading, { limit, ...(after && { after: String(after[0]) }) }),
      placeOf: ({ id }) => [id],
      place: ['csto-2024'],
    });
  }

  @ReadDoor('agendas/:agendaId', {
    operationId: 'readAgenda',
    summary: 'One whole agenda with its priorities, commitments, bodies and their state',
    answer: agendaShape,
    absent: 'AGENDA_UNKNOWN',
  })
  read(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'AGENDA_UNKNOWN', (reading) => readAgenda(reading, id));
  }

  @ReadDoor('agendas/:agendaId/matrix', {
    operationId: 'readMatrix',
    summary: 'Commitment by member state: delivery, timeliness and the last report',
    answer: matrixShape,
    recorded: 'drafts',
    absent: 'AGENDA_UNKNOWN',
  })
  matrix(@PathId('agendaId') id: string, @HttpExchange() exchange: Exchange, @Query() question: MatrixQuestion) {
    return this.reader.answer(exchange, question, 'AGENDA_UNKNOWN', async (reading) => {
      const matrix = await readMatrix(reading, id, question.period);
      const cells = matrix?.rows.flatMap((row) => row.cells) ?? [];
      await this.trail.leaveOfDrafts(exchange, reading, cells.flatMap(({ report, status }) => (report !== null && status !== 'accepted' ? [report] : [])));
      return matrix;
    });
  }
}
