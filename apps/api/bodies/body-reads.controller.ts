import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BODY_KINDS, type BodyKind } from '#domain/vocabulary.js';
import { listBodies, readBody, readWorkload } from '#queries/bodies.js';
import { PathId } from '../doors/path-ids.js';
import { HttpExchange, type Exchange } from '../reading/exchange.js';
import { ListQuestion, Question } from '../reading/question.js';
import { ReadDoor } from '../reading/read-door.js';
import { Reader } from '../reading/reader.js';
import {
  assignmentRole, bodyKind, commitmentLifecycle, day, document, flag, listOf, orNull, page, record, revision, subjectKind, word,
} from '../reading/shape.js';
import { milestone, progress } from '../reading/work-shapes.js';
import { OneOf, YesOrNo } from '../validation/fields.js';

class BodiesQuestion extends ListQuestion {
  @OneOf(BODY_KINDS, { optional: true })
  kind?: BodyKind;

  @YesOrNo({ optional: true, description: 'Only those that are, or are not, retired' })
  retired?: boolean;
}

const fields = () => ({
  id: word('Of the body', 'ksopn'),
  name: word('Official name', 'Координационный совет'),
  names: record({ ru: word('Russian', 'КСОПН'), kk: word('Kazakh', 'КСОПН'), en: word('English', 'CCHCA') }, ['kk', 'en']),
  kind: bodyKind(),
  retired: flag('A retired body takes no new work'),
  retiredOn: orNull(day()),
  revision: revision(),
});

const carried = record({
  agenda: word('Of the agenda', 'csto-2024'),
  role: assignmentRole(),
  since: day(),
  subject: word('Of the priority or commitment', 'csto-2024.4'),
  kind: subjectKind(),
  number: word('In the agenda', '4'),
  title: word('Of the priority, or the commitment’s text', 'Противодействие незаконному обороту наркотиков'),
  lifecycle: commitmentLifecycle(),
  due: orNull(day()),
  milestones: listOf(milestone()),
  progress: progress(),
});

@ApiTags('Bodies')
@Controller('v1')
export class BodyReadsController {
  constructor(private readonly reader: Reader) {}

  @ReadDoor('bodies', { operationId: 'listBodies', summary: 'The register of bodies', answer: page(record(fields())) })
  list(@HttpExchange() exchange: Exchange, @Query() question: BodiesQuestion) {
    const { kind, retired } = question;
    return this.reader.list(exchange, question, {
      read: (reading, { after, limit }) => listBodies(reading, { kind, retired }, { limit, ...(after && { after: String(after[0]) }) }),
      placeOf: ({ id }) => [id],
      place: ['ksopn'],
    });
  }

  @ReadDoor('bodies/:bodyId', { operationId: 'readBody', summary: 'One body', answer: document(fields()), absent: 'BODY_UNKNOWN' })
  read(@PathId('bodyId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'BODY_UNKNOWN', (reading) => readBody(reading, id));
  }

  @ReadDoor('bodies/:bodyId/workload', {
    operationId: 'readWorkload',
    summary: 'What one body carries, in all agendas',
    answer: document({ ...fields(), items: listOf(carried) }),
    absent: 'BODY_UNKNOWN',
  })
  workload(@PathId('bodyId') id: string, @HttpExchange() exchange: Exchange, @Query() question: Question) {
    return this.reader.answer(exchange, question, 'BODY_UNKNOWN', (reading) => readWorkload(reading, id));
  }
}
