import {
  day, delivery, flag, language, listOf, orNull, percent, record, reportStatus, revision, stateCode, subjectKind, time, whole, word,
  type Shape,
} from '../reading/shape.js';

export const reportFields = (): Record<string, Shape> => ({
  id: { type: 'string', format: 'uuid', description: 'Of the report', example: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' },
  agenda: word('Of the agenda', 'csto-2024'),
  subject: word('Of the priority or commitment', 'csto-2024.2.1'),
  subjectKind: subjectKind(),
  reporter: { anyOf: [record({ state: stateCode() }), record({ body: word('Of the body', 'ksopn') })] },
  period: word('The reporting period', '2024-Q1'),
  status: reportStatus(),
  lapsed: flag('It was accepted, and its subject’s text was amended since'),
  superseded: flag('A later report stands in its place'),
  late: flag('It was received after its period’s due day'),
  delivery: delivery(),
  percent: orNull(percent()),
  narrative: word('What was done', 'Проект соглашения согласован на уровне экспертов.'),
  language: language(),
  obstacles: orNull(word('What stands in the way', 'Ожидаются замечания двух сторон.')),
  nextSteps: orNull(word('What comes next', 'Внесение в Совет министров обороны.')),
  evidence: listOf(
    record(
      {
        title: word('Of the document', 'Протокол'),
        url: { type: 'string', format: 'uri', example: 'https://odkb-csto.org/documents/1' },
        sha256: word('Of the document, hexadecimal', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
      },
      ['sha256'],
    ),
  ),
  textVersion: whole('On which text of its subject it was made: how often that had been amended', 0),
  reportedOn: day('When it was last submitted, as its reporter says'),
  reportedAt: time('When the log took that'),
  firstReportedOn: day('When it was first submitted, as its reporter says'),
  returnReason: orNull(word('Why it was sent back', 'Уточните долю выполнения.')),
  acceptanceComment: orNull(word('Said on acceptance', 'Принято.')),
  submittedBy: word('Who submitted it last', 'liaison-kg'),
  reviewedBy: orNull(word('Who returned or accepted it', 'secretariat')),
  revision: revision(),
});
