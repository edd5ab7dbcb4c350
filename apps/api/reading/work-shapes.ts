import { DELIVERIES } from '#domain/vocabulary.js';
import {
  assignmentRole, commitmentLifecycle, day, decision, delivery, grade, listOf, orNull, percent, priorityLifecycle, record, revision,
  time, whole, word, type Shape,
} from './shape.js';

/** Priorities and commitments as several reads show them. */

export const progress = (): Shape =>
  record({
    delivery: orNull(delivery()),
    percent: orNull(percent()),
    byDelivery: record(Object.fromEntries(DELIVERIES.map((one) => [one, whole('How many reports say so', 1)]))),
    reporters: whole('How many states and bodies reported', 1),
    lastReportedAt: orNull(time()),
  });

export const milestone = (): Shape =>
  record({ id: word('Within the commitment', 'legal-framework'), title: word('What is reached', 'Проект согласован'), due: day(), reachedOn: orNull(day()) });

const instrument = (): Shape => record({ title: word('Of the document or mechanism', 'Операция «ПРОКСИ»'), date: orNull(day()) });

const body = (): Shape => record({ id: word('Of the body', 'ksopn'), name: orNull(word('Of the body', 'КСОПН')), role: assignmentRole() });

const decided = () => ({ decision: orNull(decision()), reason: orNull(word('Given when the lifecycle last changed', 'По предложению сторон')) });
const carried = () => ({
  instruments: listOf(instrument()),
  source: orNull(word('Where it was said', 'Akorda, 23.11.2023')),
  bodies: listOf(body()),
});

export const commitmentFields = (): Record<string, Shape> => ({
  id: word('Priority and number', 'csto-2024.2.1'),
  number: whole('Within the priority', 1),
  text: word('The promise', 'Завершить формирование правовой базы'),
  lifecycle: commitmentLifecycle(),
  ...decided(),
  due: orNull(day()),
  originalDue: orNull(day('The first due date that it had')),
  ...carried(),
  milestones: listOf(milestone()),
  assessment: orNull(record({ grade: grade(), rationale: word('Why', 'Подтверждено документами'), rubricVersion: word('Of the rubric', '2024-1'), on: day() })),
  carriedOverFrom: orNull(word('The commitment of an earlier agenda', 'csto-2023.2.1')),
  carriedOverTo: orNull(word('The commitment of a later agenda', 'csto-2025.2.1')),
  progress: progress(),
  revision: revision(),
});

export const priorityFields = (): Record<string, Shape> => ({
  id: word('Agenda and number', 'csto-2024.2'),
  number: whole('Within the agenda', 2),
  title: word('Of the theme', 'Военное сотрудничество'),
  summary: orNull(word('What it is about', 'Развёртывание, подготовка кадров, миротворчество')),
  lifecycle: priorityLifecycle(),
  ...decided(),
  ...carried(),
  progress: progress(),
  commitments: listOf(record(commitmentFields())),
  revision: revision(),
});
