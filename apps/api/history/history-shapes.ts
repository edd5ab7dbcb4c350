import { THING_KINDS } from '#domain/things.js';
import { actor, anything, day, decision, listOf, record, time, whole, word, type Shape } from '../reading/shape.js';

const thing = record({
  kind: { type: 'string', enum: [...THING_KINDS], description: 'What kind of thing', example: 'commitment' },
  id: word('Of the thing', 'csto-2024.2.1'),
});

const reporter: Shape = { type: 'object', description: 'Whose it is: a state or a body', example: { state: 'KG' }, additionalProperties: { type: 'string' } };

/** `type` and the fields' pointers are the same in every language; what readers read is in the language of the answer. */
export const historyItemProperties: Record<string, Shape> = {
  position: word('In the log', '1042'),
  thing: { ...thing, description: 'Whose event it is: the thing’s own or, where a report’s acceptance lapses, that of its subject' },
  revision: whole('In that thing’s own history, from 0', 3),
  type: word('What happened', 'CommitmentRescheduled'),
  label: word('What happened, as a heading', 'Срок обязательства перенесён'),
  summary: word('What happened, in a sentence', 'Срок обязательства перенесён — срок: 2024-11-30 → 2024-12-15; причина: Стороны просили о времени'),
  recordedAt: time('When the log took it'),
  occurredOn: day('When it happened, as its actor says'),
  actor: actor(),
  by: word('In which role, and for which state or body', 'Представитель государства, Кыргызстан'),
  about: {
    ...record({ subject: word('The priority or commitment', 'csto-2024.2.1'), reporter, period: word('The reporting period', '2024-Q1') }),
    description: 'Of a report: what it is about, whose it is and for which period',
  },
  decision: decision(),
  reason: word('Why, as it was given', 'Стороны просили о времени'),
  changes: listOf(
    record(
      {
        field: word('JSON Pointer into the thing', '/due'),
        label: word('What the field is called', 'срок'),
        from: anything('What it was; null where it was nothing'),
        to: anything('What it became; null where it is nothing any more'),
        fromText: word('What it was, in words, where they are others', 'предложено'),
        toText: word('What it became, in words, where they are others', 'согласовано'),
      },
      ['fromText', 'toText'],
    ),
  ),
  lapsed: listOf(
    record({
      report: word('A report whose acceptance lapsed, since it was made on the text before', '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47'),
      reporter,
      period: word('For which it was made', '2024-Q1'),
    }),
  ),
};
export const OPTIONAL_OF_HISTORY_ITEM = ['about', 'decision', 'reason', 'lapsed'];
