import {
  agendaLifecycle, day, decision, delivery, document, flag, listOf, orNull, page, participation, percent, record, reportStatus, revision,
  stateCode, subjectKind, time, timeliness, word, type Shape,
} from '../reading/shape.js';
import { priorityFields } from '../reading/work-shapes.js';

const summary = (): Record<string, Shape> => ({
  id: word('Of the agenda', 'csto-2024'),
  organisation: word('Whose chair rotates', 'CSTO'),
  chair: stateCode(),
  title: word('Of the agenda', 'Приоритетные направления'),
  term: record({ from: day(), to: day() }),
  lifecycle: agendaLifecycle(),
  closure: orNull(record({ on: day(), decision: orNull(decision()), reason: orNull(word('Why', 'Срок председательства истёк')) })),
  revision: revision(),
});

const memberStates = listOf(record({ state: stateCode(), name: word('Of the state', 'Кыргызстан'), participation: participation() }));

export const agendasShape = page(record(summary()));

export const agendaShape = document({
  ...summary(),
  memberStates,
  reportingPeriods: listOf(record({ id: word('Of the period', '2024-Q1'), from: day(), to: day(), due: day(), lockedFrom: orNull(day('From that day on what was reported stays as it is')) })),
  priorities: listOf(record(priorityFields())),
});

const cell = record({
  state: stateCode(),
  delivery: orNull(delivery()),
  percent: orNull(percent()),
  timeliness: orNull(timeliness()),
  late: flag('The report for the period was received after its due day'),
  report: orNull({ type: 'string', format: 'uuid', description: 'The last report', example: '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47' }),
  status: orNull(reportStatus()),
  period: orNull(word('Of the last report', '2024-Q1')),
  reportedAt: orNull(time()),
});

export const matrixShape = document({
  agenda: word('Of the agenda', 'csto-2024'),
  period: orNull(word('That timeliness is about', '2024-Q1')),
  states: memberStates,
  rows: listOf(
    record({
      subject: word('Of the priority or commitment', 'csto-2024.2.1'),
      kind: subjectKind(),
      number: word('In the agenda', '2.1'),
      title: word('Of the priority, or the commitment’s text', 'Завершить формирование правовой базы'),
      cells: listOf(cell),
    }),
  ),
});
