import { describe, it } from '@jest/globals';
import type { PriorityEvent } from '../priority/events.js';
import { agendaDecider } from '../agenda/decider.js';
import { fold } from '../fold.js';
import { CHAIR, agendaClosed, agendaOpened, focalPointOf, liaisonOf, priorityWithdrawn } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import { reportDecider } from './decider.js';
import {
  KG,
  accepted,
  amended,
  better,
  by,
  commitmentAssigned,
  commitmentId,
  commitmentUnassigned,
  content,
  correct,
  corrected,
  facts,
  fulfilled,
  priorityAssigned,
  priorityId,
  report,
  reported,
  reportedFor,
  rescheduled,
  returned,
  staysOut,
  suspends,
  withdrawn,
} from './testing/minutes.js';

describe('Progress is reported', () => {
  it("by a liaison, for the liaison's own state", () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG))
      .thenRecords(reportedFor({ state: 'KG' }, 'KG-liaison')));
  it('on a priority', () =>
    given(reportDecider)
      .when(report(priorityId), by(KG))
      .thenRecords(reportedFor({ state: 'KG' }, 'KG-liaison', priorityId)));
  it('on the text as it was last amended', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { commitment: [amended, rescheduled, amended] }))
      .thenRecords({ ...reported, data: { ...reported.data, textVersion: 2 } }));
  it('on a priority as its title or summary was last amended', () => {
    const title: PriorityEvent = { type: 'PriorityAmended', data: { priorityId, title: { ru: 'Иначе' } } };
    const summary: PriorityEvent = { type: 'PriorityAmended', data: { priorityId, summary: null } };
    const source: PriorityEvent = { type: 'PriorityAmended', data: { priorityId, source: null } };
    const { data } = reportedFor({ state: 'KG' }, 'KG-liaison', priorityId);
    given(reportDecider)
      .when(report(priorityId), by(KG, { priority: [title, summary, source] }))
      .thenRecords({ type: 'ProgressReported', data: { ...data, textVersion: 2 } });
  });
  it('by a body that the commitment is assigned to', () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn'), { commitment: [commitmentAssigned] }))
      .thenRecords(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point')));
  it("by a body that the commitment's priority is assigned to", () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn'), { priority: [priorityAssigned] }))
      .thenRecords(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point')));
  it('by a body that the priority is assigned to', () =>
    given(reportDecider)
      .when(report(priorityId), by(focalPointOf('ksopn'), { priority: [priorityAssigned] }))
      .thenRecords(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point', priorityId)));

  it('and never again under the same id', () =>
    given(reportDecider, reported).when(report(commitmentId), by(KG)).thenRejected('REPORT_ALREADY_SUBMITTED'));
  it('for no state outside the organisation', () =>
    given(reportDecider)
      .when(report(commitmentId), by(liaisonOf('UZ')))
      .thenRejected('NOT_A_MEMBER_STATE'));
  it('for no state that suspends its part', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { agenda: [suspends] }))
      .thenRejected('STATE_NOT_PARTICIPATING'));
  it('for no state that stays out', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { agenda: [staysOut] }))
      .thenRejected('STATE_NOT_PARTICIPATING'));
  it('for no body that carries nothing of it', () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn')))
      .thenRejected('NOT_ASSIGNED'));
  it('for no body that carries it no more', () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn'), { commitment: [commitmentAssigned, commitmentUnassigned] }))
      .thenRejected('NOT_ASSIGNED'));
  it('for no body on a priority of which it carries one commitment alone', () =>
    given(reportDecider)
      .when(report(priorityId), by(focalPointOf('ksopn'), { commitment: [commitmentAssigned] }))
      .thenRejected('NOT_ASSIGNED'));
  it('by nobody who speaks for neither a state nor a body', () =>
    given(reportDecider).when(report(commitmentId), by(CHAIR)).thenRejected('ROLE_NOT_ALLOWED'));
  it('by no liaison who is bound to no state', () =>
    given(reportDecider)
      .when(report(commitmentId), by({ subject: 'x', role: 'liaison', body: 'ksopn' }))
      .thenRejected('ROLE_NOT_ALLOWED'));

  it('for a period that the agenda has', () =>
    given(reportDecider).when(report(commitmentId, '2023-Q4'), by(KG)).thenRejected('PERIOD_UNKNOWN', '/period'));
  it('on no commitment that was never proposed', () =>
    given(reportDecider)
      .when(report(commitmentId), { actor: KG, facts: { ...facts(), commitment: undefined } })
      .thenRejected('COMMITMENT_UNKNOWN'));
  it('on no priority that was never proposed', () =>
    given(reportDecider)
      .when(report(priorityId), { actor: KG, facts: { ...facts(), priority: undefined } })
      .thenRejected('PRIORITY_UNKNOWN'));
  it('on no closed commitment', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { commitment: [fulfilled] }))
      .thenRejected('COMMITMENT_CLOSED'));
  it('on no withdrawn commitment', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { commitment: [withdrawn] }))
      .thenRejected('COMMITMENT_WITHDRAWN'));
  it('on no commitment under a withdrawn priority', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { priority: [priorityWithdrawn] }))
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('in no closed agenda', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { agenda: [agendaClosed] }))
      .thenRejected('AGENDA_CLOSED'));
});

describe('A report is corrected', () => {
  it('after it was returned', () =>
    given(reportDecider, reported, returned).when(correct(better), by(KG)).thenRecords(corrected()));
  it('after it was returned, even in the same words', () =>
    given(reportDecider, reported, returned)
      .when(correct(content), by(KG))
      .thenRecords({ ...reported, type: 'ReportCorrected' }));
  it('before anyone reviewed it', () =>
    given(reportDecider, reported).when(correct(better), by(KG)).thenRecords(corrected()));
  it('and the same again says nothing new', () =>
    given(reportDecider, reported, corrected()).when(correct(better), by(KG)).thenNothing());
  it('in the same words, if the text was amended since', () =>
    given(reportDecider, reported, corrected())
      .when(correct(better), by(KG, { commitment: [amended] }))
      .thenRecords(corrected({ textVersion: 1 })));
  it('by another liaison of the same state', () =>
    given(reportDecider, reported)
      .when(correct(better), by(liaisonOf('KG', 'deputy')))
      .thenRecords(corrected({ submittedBy: 'deputy' })));
  it('after its acceptance lapsed', () =>
    given(reportDecider, reported, accepted)
      .when(correct(better), by(KG, { commitment: [amended] }))
      .thenRecords(corrected({ textVersion: 1 })));

  it('but not once it is accepted', () =>
    given(reportDecider, reported, accepted).when(correct(better), by(KG)).thenRejected('REPORT_ACCEPTED'));
  it('nor after an amendment that left the text alone', () =>
    given(reportDecider, reported, accepted)
      .when(correct(better), by(KG, { commitment: [rescheduled] }))
      .thenRejected('REPORT_ACCEPTED'));
  it("by no other state's liaison", () =>
    given(reportDecider, reported, returned)
      .when(correct(better), by(liaisonOf('AM')))
      .thenRejected('NOT_YOUR_REPORT'));
  it('by no body in the place of a state', () =>
    given(reportDecider, reported, returned)
      .when(correct(better), by(focalPointOf('KG'), { commitment: [commitmentAssigned] }))
      .thenRejected('NOT_YOUR_REPORT'));
  it('within its reporting period', () =>
    given(reportDecider, reported, returned)
      .when(correct(better, '2024-Q2'), by(KG))
      .thenRejected('REPORT_PERIOD_FIXED', '/period'));
  it('not while its state suspends its part', () =>
    given(reportDecider, reported, returned)
      .when(correct(better), by(KG, { agenda: [suspends] }))
      .thenRejected('STATE_NOT_PARTICIPATING'));
  it('not after its commitment was closed', () =>
    given(reportDecider, reported, returned)
      .when(correct(better), by(KG, { commitment: [fulfilled] }))
      .thenRejected('COMMITMENT_CLOSED'));
  it('only if it was submitted', () =>
    given(reportDecider).when(correct(better), by(KG)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda', () =>
    given(reportDecider, reported)
      .when(correct(better), by(KG, { agenda: [agendaClosed] }))
      .thenRejected('AGENDA_CLOSED'));
});

describe('A locked period', () => {
  const agenda = fold(agendaDecider, [
    { ...agendaOpened, data: { ...agendaOpened.data, reportingPeriods: agendaOpened.data.reportingPeriods.map((period) => ({ ...period, lockedFrom: '2024-05-01' })) } },
  ]);
  const lockedFor = (happened?: Parameters<typeof facts>[0]) => ({ actor: KG, facts: { ...facts(happened), agenda }, today: '2024-05-01' });

  it('leaves what was reported as it is, from its day on', () => {
    given(reportDecider, reported).when(correct(better), lockedFor()).thenRejected('PERIOD_LOCKED');
    given(reportDecider, reported)
      .when(correct(better), { ...lockedFor(), today: '2024-04-30' })
      .thenRecords(corrected());
  });
  it('takes the correction of what was returned, and of what was amended since', () => {
    given(reportDecider, reported, returned).when(correct(better), lockedFor()).thenRecords(corrected());
    given(reportDecider, reported)
      .when(correct(better), lockedFor({ commitment: [amended] }))
      .thenRecords(corrected({ textVersion: 1 }));
  });
  it('takes a report that never came', () => given(reportDecider).when(report(commitmentId), lockedFor()).thenRecords(reported));
});
