import { describe, it } from '@jest/globals';
import { agendaClosed, agendaOpened, decision } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { Participation } from '../vocabulary.js';
import type { CloseAgenda, OpenAgenda, RecordParticipation } from './commands.js';
import { agendaDecider } from './decider.js';
import type { AgendaOpened, ParticipationRecorded } from './events.js';

const open = (differently: Partial<AgendaOpened['data']> = {}): OpenAgenda => ({
  type: 'OpenAgenda',
  data: { ...agendaOpened.data, ...differently },
});
const period = (differently: object) => ({
  id: 'Q1',
  from: '2024-01-01',
  to: '2024-03-31',
  due: '2024-04-15',
  ...differently,
});
const openWith = (...periods: object[]) => open({ reportingPeriods: periods.map(period) });
const participation = (state: string, participation: Participation, more: object = {}): RecordParticipation => ({
  type: 'RecordParticipation',
  data: { agendaId: 'csto-2024', state, participation, ...more },
});
const recorded = ({ data }: RecordParticipation): ParticipationRecorded => ({ type: 'ParticipationRecorded', data });
const close = (number: string, reason?: string): CloseAgenda => ({
  type: 'CloseAgenda',
  data: { agendaId: 'csto-2024', decision: decision(number), ...(reason && { reason }) },
});

describe('An agenda is opened', () => {
  it('once', () => given(agendaDecider).when(open()).thenRecords(agendaOpened));
  it('and never again, not even with the same content', () =>
    given(agendaDecider, agendaOpened).when(open()).thenRejected('AGENDA_ALREADY_OPENED'));
  it('nor after it was closed', () =>
    given(agendaDecider, agendaOpened, agendaClosed).when(open()).thenRejected('AGENDA_ALREADY_OPENED'));

  it('for a term that does not end before it begins', () =>
    given(agendaDecider)
      .when(open({ term: { from: '2024-12-31', to: '2024-01-01' } }))
      .thenRejected('TERM_INVALID', '/term/to'));
  it('for a term that may be a single day', () => {
    const day = open({ term: { from: '2024-02-29', to: '2024-02-29' }, reportingPeriods: [] });
    given(agendaDecider).when(day).thenRecords({ type: 'AgendaOpened', data: day.data });
  });
  it('by member states of which none is named twice', () =>
    given(agendaDecider)
      .when(open({ memberStates: ['KZ', 'AM', 'KZ'] }))
      .thenRejected('STATE_REPEATED', '/memberStates/2'));
  it('by a chair from among the member states', () =>
    given(agendaDecider)
      .when(open({ chair: 'UZ' }))
      .thenRejected('STATE_UNKNOWN', '/chair'));

  describe('with reporting periods', () => {
    it('that may reach over the ends of the term', () => {
      const command = openWith(
        { from: '2023-12-15' },
        { id: 'final', from: '2024-10-01', to: '2025-01-31', due: '2025-02-28' },
      );
      given(agendaDecider).when(command).thenRecords({ type: 'AgendaOpened', data: command.data });
    });
    it('told apart by their ids', () =>
      given(agendaDecider).when(openWith({}, {})).thenRejected('PERIOD_INVALID', '/reportingPeriods/1/id'));
    it('that do not end before they begin', () =>
      given(agendaDecider)
        .when(openWith({ from: '2024-04-01' }))
        .thenRejected('PERIOD_INVALID', '/reportingPeriods/0/to'));
    it('whose reports are not due before the period ends', () =>
      given(agendaDecider)
        .when(openWith({ due: '2024-03-30' }))
        .thenRejected('PERIOD_INVALID', '/reportingPeriods/0/due'));
    it('that do not begin after the term', () =>
      given(agendaDecider)
        .when(openWith({}, { id: 'late', from: '2025-01-01', to: '2025-03-31', due: '2025-04-15' }))
        .thenRejected('PERIOD_INVALID', '/reportingPeriods/1/from'));
    it('that do not end before the term', () =>
      given(agendaDecider)
        .when(openWith({ from: '2023-10-01', to: '2023-12-31' }))
        .thenRejected('PERIOD_INVALID', '/reportingPeriods/0/to'));
  });
});

describe("A member state's participation is recorded", () => {
  const suspends = participation('AM', 'suspended', { decision: decision('3') });

  it('when it changes', () => given(agendaDecider, agendaOpened).when(suspends).thenRecords(recorded(suspends)));
  it('when the state comes back', () => {
    const back = participation('AM', 'participating');
    given(agendaDecider, agendaOpened, recorded(suspends)).when(back).thenRecords(recorded(back));
  });
  it('when it is put on another ground', () => {
    const elsewhere = participation('AM', 'suspended', { decision: decision('4') });
    given(agendaDecider, agendaOpened, recorded(suspends)).when(elsewhere).thenRecords(recorded(elsewhere));
  });
  it('and the same again says nothing new', () =>
    given(agendaDecider, agendaOpened, recorded(suspends)).when(suspends).thenNothing());
  it('from the start as participating, so that to say so says nothing new', () =>
    given(agendaDecider, agendaOpened).when(participation('AM', 'participating')).thenNothing());

  it('of no other state', () =>
    given(agendaDecider, agendaOpened).when(participation('UZ', 'suspended')).thenRejected('STATE_UNKNOWN', '/state'));
  it('in no agenda that was never opened', () => given(agendaDecider).when(suspends).thenRejected('AGENDA_UNKNOWN'));
  it('no more once the agenda is closed, not even the same again', () =>
    given(agendaDecider, agendaOpened, recorded(suspends), agendaClosed).when(suspends).thenRejected('AGENDA_CLOSED'));
});

describe('An agenda is closed', () => {
  it('under a decision', () => given(agendaDecider, agendaOpened).when(close('30')).thenRecords(agendaClosed));
  it('and again under the same decision, which says nothing new', () =>
    given(agendaDecider, agendaOpened, agendaClosed).when(close('30')).thenNothing());
  it('but not under another decision', () =>
    given(agendaDecider, agendaOpened, agendaClosed).when(close('31')).thenRejected('AGENDA_ALREADY_CLOSED'));
  it('nor for another reason', () =>
    given(agendaDecider, agendaOpened, agendaClosed).when(close('30', 'Early')).thenRejected('AGENDA_ALREADY_CLOSED'));
  it('only if it was opened', () => given(agendaDecider).when(close('30')).thenRejected('AGENDA_UNKNOWN'));
});
