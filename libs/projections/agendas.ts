import type { Decision, LocalisedText } from '#domain/values.js';
import type { AgendaLifecycle, Participation } from '#domain/vocabulary.js';
import { ensure, update } from './change.js';
import { date, integer, jsonb, nullable, text } from './column.js';
import { projection } from './projection.js';
import { table } from './table.js';

export const agenda = table('agenda', {
  comment: 'The agenda of one chairmanship.',
  columns: {
    id: text(),
    organisation: text('The intergovernmental body whose chair rotates.'),
    chair: text('The state in the chair, ISO 3166-1 alpha-2.'),
    title: jsonb<LocalisedText>('Text by language: ru, kk, en. Russian is authentic.'),
    term_from: date(),
    term_to: date('The last day of the term.'),
    lifecycle: text<AgendaLifecycle>('open or closed.'),
    opened_on: date('When it was opened, as its actor says.'),
    closed_on: nullable(date()),
    closed_decision: nullable(jsonb<Decision>('Under which it was closed: body, date, number, paragraph.')),
    closed_reason: nullable(text()),
    revision: integer('Of the last event in its stream.'),
  },
  key: ['id'],
});

export const memberState = table('member_state', {
  comment: 'A member state of an agenda and whether it takes part.',
  columns: {
    agenda: text(),
    state: text('ISO 3166-1 alpha-2.'),
    ordinal: integer('Its place in the list of member states, from 0.'),
    participation: text<Participation>('participating, suspended or not-participating.'),
    note: nullable(jsonb<LocalisedText>()),
    decision: nullable(jsonb<Decision>()),
  },
  key: ['agenda', 'state'],
  within: ['state'],
});

export const reportingPeriod = table('reporting_period', {
  comment: 'A period for which progress is reported.',
  columns: {
    agenda: text(),
    id: text(),
    ordinal: integer('Its place among the periods of its agenda, from 0.'),
    starts: date(),
    ends: date('The last day.'),
    due: date('The last day on which a report is on time.'),
    locked_from: nullable(date('From this day on what was reported stays as it is; never where there is none.')),
  },
  key: ['agenda', 'id'],
});

export const agendas = projection('agendas', {
  version: 2,
  tables: [agenda, memberState, reportingPeriod],
  on: {
    AgendaOpened: ({ data, metadata, revision }) => [
      ensure(agenda, {
        id: data.agendaId,
        organisation: data.organisation,
        chair: data.chair,
        title: data.title,
        term_from: data.term.from,
        term_to: data.term.to,
        lifecycle: 'open',
        opened_on: metadata.occurredOn,
        revision,
      }),
      ...data.memberStates.map((state, ordinal) =>
        ensure(memberState, { agenda: data.agendaId, state, ordinal, participation: 'participating' }),
      ),
      ...data.reportingPeriods.map(({ id, from, to, due, lockedFrom }, ordinal) =>
        ensure(reportingPeriod, { agenda: data.agendaId, id, ordinal, starts: from, ends: to, due, locked_from: lockedFrom }),
      ),
    ],
    ParticipationRecorded: ({ data: { agendaId, state, participation, note = null, decision = null }, revision }) => [
      update(memberState, { agenda: agendaId, state }, { participation, note, decision }),
      update(agenda, { id: agendaId }, { revision }),
    ],
    AgendaClosed: ({ data, metadata, revision }) => [
      update(
        agenda,
        { id: data.agendaId },
        {
          lifecycle: 'closed',
          closed_on: metadata.occurredOn,
          closed_decision: data.decision,
          closed_reason: data.reason ?? null,
          revision,
        },
      ),
    ],
  },
});
