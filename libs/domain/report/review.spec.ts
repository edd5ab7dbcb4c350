import { describe, it } from '@jest/globals';
import { SECRETARIAT, agendaClosed, priorityWithdrawn } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import { reportDecider } from './decider.js';
import {
  accept,
  accepted,
  amended,
  by,
  corrected,
  fulfilled,
  reported,
  returned,
  sendBack,
  withdrawn,
} from './testing/minutes.js';

describe('A report is returned', () => {
  it('for a reason', () =>
    given(reportDecider, reported).when(sendBack('Cite the protocol'), by(SECRETARIAT)).thenRecords(returned));
  it('again after it was corrected', () =>
    given(reportDecider, reported, returned, corrected())
      .when(sendBack('Cite the protocol'), by(SECRETARIAT))
      .thenRecords(returned));
  it('after its acceptance lapsed', () =>
    given(reportDecider, reported, accepted)
      .when(sendBack('Cite the protocol'), by(SECRETARIAT, { commitment: [amended] }))
      .thenRecords(returned));
  it('and again for the same reason, which says nothing new', () =>
    given(reportDecider, reported, returned).when(sendBack('Cite the protocol'), by(SECRETARIAT)).thenNothing());

  it('but not for another reason before it is corrected', () =>
    given(reportDecider, reported, returned)
      .when(sendBack('Too short'), by(SECRETARIAT))
      .thenRejected('REPORT_RETURNED'));
  it('but not once it is accepted', () =>
    given(reportDecider, reported, accepted)
      .when(sendBack('Too short'), by(SECRETARIAT))
      .thenRejected('REPORT_ACCEPTED'));
  it('by nobody who submitted it', () =>
    given(reportDecider, reported)
      .when(sendBack('Too short'), by({ ...SECRETARIAT, subject: 'KG-liaison' }))
      .thenRejected('SELF_REVIEW'));
  it('not once nobody could correct it', () =>
    given(reportDecider, reported)
      .when(sendBack('Too short'), by(SECRETARIAT, { commitment: [fulfilled] }))
      .thenRejected('COMMITMENT_CLOSED'));
  it('only if it was submitted', () =>
    given(reportDecider).when(sendBack('Too short'), by(SECRETARIAT)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda', () =>
    given(reportDecider, reported)
      .when(sendBack('Too short'), by(SECRETARIAT, { agenda: [agendaClosed] }))
      .thenRejected('AGENDA_CLOSED'));
});

describe('A report is accepted', () => {
  it('as it was submitted', () => given(reportDecider, reported).when(accept(), by(SECRETARIAT)).thenRecords(accepted));
  it('with a comment', () =>
    given(reportDecider, reported)
      .when(accept('Thank you'), by(SECRETARIAT))
      .thenRecords({ type: 'ReportAccepted', data: { ...accepted.data, comment: 'Thank you' } }));
  it('after it was corrected', () =>
    given(reportDecider, reported, returned, corrected()).when(accept(), by(SECRETARIAT)).thenRecords(accepted));
  it('after its commitment was closed', () =>
    given(reportDecider, reported)
      .when(accept(), by(SECRETARIAT, { commitment: [fulfilled] }))
      .thenRecords(accepted));
  it('and again, which says nothing new', () =>
    given(reportDecider, reported, accepted).when(accept(), by(SECRETARIAT)).thenNothing());
  it('anew, once it was corrected on the amended text', () =>
    given(reportDecider, reported, accepted, corrected({ textVersion: 1 }))
      .when(accept(), by(SECRETARIAT, { commitment: [amended] }))
      .thenRecords({ type: 'ReportAccepted', data: { ...accepted.data, textVersion: 1 } }));

  it('but not again with another comment', () =>
    given(reportDecider, reported, accepted)
      .when(accept('Thank you'), by(SECRETARIAT))
      .thenRejected('REPORT_ACCEPTED'));
  it('but not while it is returned', () =>
    given(reportDecider, reported, returned).when(accept(), by(SECRETARIAT)).thenRejected('REPORT_RETURNED'));
  it('but not on an older text', () =>
    given(reportDecider, reported)
      .when(accept(), by(SECRETARIAT, { commitment: [amended] }))
      .thenRejected('REPORT_ON_OLDER_TEXT'));
  it('but not again once its acceptance lapsed', () =>
    given(reportDecider, reported, accepted)
      .when(accept(), by(SECRETARIAT, { commitment: [amended] }))
      .thenRejected('REPORT_ON_OLDER_TEXT'));
  it('by nobody who submitted it', () =>
    given(reportDecider, reported)
      .when(accept(), by({ ...SECRETARIAT, subject: 'KG-liaison' }))
      .thenRejected('SELF_REVIEW'));
  it('by nobody who submitted it before another corrected it', () =>
    given(reportDecider, reported, corrected({ submittedBy: 'deputy' }))
      .when(accept(), by({ ...SECRETARIAT, subject: 'KG-liaison' }))
      .thenRejected('SELF_REVIEW'));
  it('not once its commitment is withdrawn', () =>
    given(reportDecider, reported)
      .when(accept(), by(SECRETARIAT, { commitment: [withdrawn] }))
      .thenRejected('COMMITMENT_WITHDRAWN'));
  it('not once its priority is withdrawn', () =>
    given(reportDecider, reported)
      .when(accept(), by(SECRETARIAT, { priority: [priorityWithdrawn] }))
      .thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was submitted', () =>
    given(reportDecider).when(accept(), by(SECRETARIAT)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda, not even again', () =>
    given(reportDecider, reported, accepted)
      .when(accept(), by(SECRETARIAT, { agenda: [agendaClosed] }))
      .thenRejected('AGENDA_CLOSED'));
});
