import type { Decision, Instrument, LocalisedText } from '#domain/values.js';
import type { AssignmentRole, CommitmentLifecycle, Grade, PriorityLifecycle } from '#domain/vocabulary.js';
import { date, integer, jsonb, nullable, text } from './column.js';
import { table } from './table.js';

/** The Secretariat's judgement of a commitment. */
export type Assessment = { grade: Grade; rationale: string; rubricVersion: string; on: string };

export const priority = table('priority', {
  comment: 'A numbered theme of an agenda.',
  columns: {
    id: text('Agenda and number: csto-2024.2.'),
    agenda: text(),
    number: integer(),
    title: jsonb<LocalisedText>('Text by language: ru, kk, en. Russian is authentic.'),
    summary: nullable(jsonb<LocalisedText>()),
    lifecycle: text<PriorityLifecycle>('proposed, agreed or withdrawn.'),
    decision: nullable(jsonb<Decision>('Under which the lifecycle is what it is: body, date, number, paragraph.')),
    reason: nullable(text('Given when the lifecycle last changed.')),
    instruments: jsonb<readonly Instrument[]>('What it rests on.'),
    source: nullable(text('Where it was said.')),
    text_version: integer('How often title or summary were amended.'),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
  within: ['agenda'],
});

export const commitment = table('commitment', {
  comment: 'A verifiable promise under a priority.',
  columns: {
    id: text('Priority and number: csto-2024.2.1.'),
    priority: text(),
    priority_number: integer('Of the priority within the agenda, by which commitments are listed.'),
    agenda: text(),
    number: integer('Within its priority.'),
    text: jsonb<LocalisedText>('Text by language: ru, kk, en. Russian is authentic.'),
    due: nullable(date()),
    original_due: nullable(date('The first due date that it had.')),
    lifecycle: text<CommitmentLifecycle>(
      'proposed, agreed, suspended, fulfilled, partly-fulfilled, not-fulfilled, carried-over or withdrawn.',
    ),
    decision: nullable(jsonb<Decision>('Under which the lifecycle is what it is: body, date, number, paragraph.')),
    reason: nullable(text('Given when the lifecycle last changed.')),
    instruments: jsonb<readonly Instrument[]>('What it rests on.'),
    source: nullable(text('Where it was said.')),
    carried_over_from: nullable(text('The commitment of an earlier agenda that it goes on with.')),
    carried_over_to: nullable(text('The commitment of another agenda that goes on with it.')),
    assessment: nullable(jsonb<Assessment>("The Secretariat's own judgement: grade, rationale, rubricVersion, on.")),
    text_version: integer('How often the text was amended.'),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
  within: ['agenda', 'priority'],
});

export const assignment = table('assignment', {
  comment: 'A body carries a priority or commitment.',
  columns: {
    subject: text('The id of the priority or commitment.'),
    body: text(),
    role: text<AssignmentRole>('lead or supporting.'),
    agenda: text(),
    since: date('When it was first assigned, since it was last unassigned.'),
  },
  key: ['subject', 'body'],
  within: ['agenda', 'body'],
});

export const milestone = table('milestone', {
  comment: 'A dated checkpoint of a commitment.',
  columns: {
    commitment: text(),
    id: text(),
    agenda: text(),
    title: jsonb<LocalisedText>('Text by language: ru, kk, en. Russian is authentic.'),
    due: date(),
    reached_on: nullable(date('When it was reached, as its actor says.')),
  },
  key: ['commitment', 'id'],
  within: ['agenda'],
});
