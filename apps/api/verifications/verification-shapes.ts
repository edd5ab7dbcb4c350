import { anything, listOf, orNull, record, time, whole, word, type Shape } from '../reading/shape.js';

const EVENT_ID = '0c1f9a3e-5d0b-5f0e-9a51-6f1a2b3c4d5e';
const oneOf = (words: readonly string[], description: string): Shape => ({ type: 'string', enum: [...words], description, example: words[0] });

const differenceShape = record(
  {
    kind: oneOf(
      ['value', 'missing', 'extra', 'function', 'log', 'ledger'],
      'A column that is not what follows from the log; a row that is not served; one that is served and that no event made; a function that tells another past; an event that does not stand with those before it; one that is not what the ledger recorded',
    ),
    what: word('In a sentence', 'commitment csto-2024.2.1 from position 17 has another due'),
    position: orNull(word('In the log, of what it is about', '17')),
    event: orNull(
      record({ id: word('Of the event', EVENT_ID), type: word('What happened', 'CommitmentRescheduled'), position: word('In the log', '17') }),
    ),
    projection: word('Whose table it is', 'work'),
    table: word('In the schema `read`', 'commitment'),
    key: { type: 'object', additionalProperties: true, description: 'Of the row', example: { id: 'csto-2024.2.1' } },
    column: orNull(word('None where a whole row is amiss', 'due')),
    rebuilt: anything('What follows from the log: a value, or a whole row'),
    served: anything('What is served instead'),
  },
  ['projection', 'table', 'key', 'column', 'rebuilt', 'served'],
);

const progressShape = record({
  phase: oneOf(['replay', 'log', 'tables'], 'Folding the log once more, looking at it as a whole, holding the tables against one another'),
  position: word('How far along the log it is', '600'),
  percent: whole('Of all that is to be done, roughly', 40),
});

const properties: Record<string, Shape> = {
  id: word('Of the verification', '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47'),
  position: word('The log position up to which everything is compared', '1042'),
  askedBy: record({ subject: word('Who', 'auditor'), role: word('In which role', 'auditor') }, ['role']),
  askedAt: time('When it was asked for'),
  state: oneOf(['waiting', 'running', 'done', 'failed'], 'One is carried out at a time'),
  progress: orNull(progressShape),
  endedAt: orNull(time('When it ended')),
  lookedAt: orNull(record({ events: whole('Of the log', 1042), leaves: whole('Of the ledger', 1042), rows: whole('Of the tables that are read, every version', 2210) })),
  differenceCount: orNull(whole('How many differences there are; none until it is done', 0)),
  failure: orNull(word('Why it could not be carried out', 'the tables that are read are not there yet')),
};

export const verificationShape = record(properties);
export const verificationsShape = record({ items: listOf(verificationShape) });
export const verifiedShape = record({ ...properties, differences: listOf(differenceShape) });
