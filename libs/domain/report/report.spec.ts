import { describe, it } from '@jest/globals';
import { agendaDecider } from '../agenda/decider.js';
import type { AgendaEvent } from '../agenda/events.js';
import { commitmentDecider } from '../commitment/decider.js';
import type { CommitmentEvent } from '../commitment/events.js';
import { fold } from '../fold.js';
import { priorityDecider } from '../priority/decider.js';
import type { PriorityEvent } from '../priority/events.js';
import {
  agendaClosed,
  agendaOpened,
  CHAIR,
  commitmentProposed,
  decision,
  focalPointOf,
  liaisonOf,
  priorityProposed,
  priorityWithdrawn,
  SECRETARIAT,
} from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { Actor, Reporter } from '../values.js';
import type { AcceptReport, CorrectReport, ReportProgress, ReturnReport } from './commands.js';
import { reportDecider, type ReportFacts } from './decider.js';
import type { ProgressReported, ReportAccepted, ReportContent, ReportCorrected, ReportReturned } from './events.js';

const reportId = '0b9f6a52-7c1f-4d9c-8a54-3f1f0a6d9a11';
const priorityId = 'csto-2024.4';
const commitmentId = 'csto-2024.4.1';
const KG = liaisonOf('KG');

type Happened = { agenda?: AgendaEvent[]; priority?: PriorityEvent[]; commitment?: CommitmentEvent[] };
const facts = ({ agenda = [], priority = [], commitment = [] }: Happened = {}): ReportFacts => ({
  agenda: fold(agendaDecider, [agendaOpened, ...agenda]),
  priority: fold(priorityDecider, [priorityProposed, ...priority]),
  commitment: fold(commitmentDecider, [commitmentProposed, ...commitment]),
});
/** Who asks, and what else happened. */
const by = (actor: Actor, happened?: Happened) => ({ actor, facts: facts(happened) });

const fulfilled: CommitmentEvent = {
  type: 'CommitmentClosed',
  data: { commitmentId, outcome: 'fulfilled', decision: decision('10') },
};
const withdrawn: CommitmentEvent = { type: 'CommitmentWithdrawn', data: { commitmentId } };
const amended: CommitmentEvent = { type: 'CommitmentAmended', data: { commitmentId, text: { ru: 'Иначе' } } };
const rescheduled: CommitmentEvent = { type: 'CommitmentRescheduled', data: { commitmentId, due: '2024-12-31', reason: 'Later' } };
const suspends: AgendaEvent = {
  type: 'ParticipationRecorded',
  data: { agendaId: 'csto-2024', state: 'KG', participation: 'suspended' },
};
const staysOut: AgendaEvent = {
  type: 'ParticipationRecorded',
  data: { agendaId: 'csto-2024', state: 'KG', participation: 'not-participating' },
};
const commitmentAssigned: CommitmentEvent = { type: 'CommitmentAssigned', data: { commitmentId, body: 'ksopn', role: 'supporting' } };
const commitmentUnassigned: CommitmentEvent = { type: 'CommitmentUnassigned', data: { commitmentId, body: 'ksopn' } };
const priorityAssigned: PriorityEvent = { type: 'PriorityAssigned', data: { priorityId, body: 'ksopn', role: 'lead' } };

const content: ReportContent = { delivery: 'on-track', percent: 40, narrative: 'Двое из шести присоединились', language: 'ru' };
const better: ReportContent = { ...content, percent: 60, evidence: [{ title: 'Протокол', url: 'https://example.org/p.pdf' }] };
const report = (subject: string, period = '2024-Q1'): ReportProgress => ({
  type: 'ReportProgress',
  data: { reportId, subject, period, ...content },
});
const correct = (said: ReportContent, period = '2024-Q1'): CorrectReport => ({ type: 'CorrectReport', data: { reportId, period, ...said } });
const sendBack = (reason: string): ReturnReport => ({ type: 'ReturnReport', data: { reportId, reason } });
const accept = (comment?: string): AcceptReport => ({ type: 'AcceptReport', data: { reportId, ...(comment && { comment }) } });

const place = (reporter: Reporter, subject = commitmentId) => ({ reportId, agendaId: 'csto-2024', subject, reporter, period: '2024-Q1' });
const ofKG = place({ state: 'KG' });
const reported: ProgressReported = {
  type: 'ProgressReported',
  data: { ...ofKG, ...content, textVersion: 0, submittedBy: 'KG-liaison' },
};
const corrected = (more: Partial<ReportCorrected['data']> = {}): ReportCorrected => ({
  type: 'ReportCorrected',
  data: { ...ofKG, ...better, textVersion: 0, submittedBy: 'KG-liaison', ...more },
});
const returned: ReportReturned = { type: 'ReportReturned', data: { ...ofKG, reason: 'Cite the protocol' } };
const accepted: ReportAccepted = { type: 'ReportAccepted', data: { ...ofKG, textVersion: 0 } };

describe('Progress is reported', () => {
  const reportedFor = (reporter: Reporter, submittedBy: string, subject = commitmentId): ProgressReported => ({
    type: 'ProgressReported',
    data: { ...place(reporter, subject), ...content, textVersion: 0, submittedBy },
  });

  it("by a liaison, for the liaison's own state", () =>
    given(reportDecider).when(report(commitmentId), by(KG)).then(reportedFor({ state: 'KG' }, 'KG-liaison')));
  it('on a priority', () =>
    given(reportDecider).when(report(priorityId), by(KG)).then(reportedFor({ state: 'KG' }, 'KG-liaison', priorityId)));
  it('on the text as it was last amended', () =>
    given(reportDecider)
      .when(report(commitmentId), by(KG, { commitment: [amended, rescheduled, amended] }))
      .then({ ...reported, data: { ...reported.data, textVersion: 2 } }));
  it('by a body that the commitment is assigned to', () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn'), { commitment: [commitmentAssigned] }))
      .then(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point')));
  it("by a body that the commitment's priority is assigned to", () =>
    given(reportDecider)
      .when(report(commitmentId), by(focalPointOf('ksopn'), { priority: [priorityAssigned] }))
      .then(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point')));
  it('by a body that the priority is assigned to', () =>
    given(reportDecider)
      .when(report(priorityId), by(focalPointOf('ksopn'), { priority: [priorityAssigned] }))
      .then(reportedFor({ body: 'ksopn' }, 'ksopn-focal-point', priorityId)));

  it('and never again under the same id', () =>
    given(reportDecider, reported).when(report(commitmentId), by(KG)).thenRejected('REPORT_ALREADY_SUBMITTED'));
  it('for no state outside the organisation', () =>
    given(reportDecider).when(report(commitmentId), by(liaisonOf('UZ'))).thenRejected('NOT_A_MEMBER_STATE'));
  it('for no state that suspends its part', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { agenda: [suspends] })).thenRejected('STATE_NOT_PARTICIPATING'));
  it('for no state that stays out', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { agenda: [staysOut] })).thenRejected('STATE_NOT_PARTICIPATING'));
  it('for no body that carries nothing of it', () =>
    given(reportDecider).when(report(commitmentId), by(focalPointOf('ksopn'))).thenRejected('NOT_ASSIGNED'));
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
    given(reportDecider).when(report(commitmentId), by({ subject: 'x', role: 'liaison', body: 'ksopn' })).thenRejected('ROLE_NOT_ALLOWED'));

  it('for a period that the agenda has', () =>
    given(reportDecider).when(report(commitmentId, '2023-Q4'), by(KG)).thenRejected('PERIOD_UNKNOWN', '/period'));
  it('on no commitment that was never proposed', () =>
    given(reportDecider)
      .when(report(commitmentId), { actor: KG, facts: { ...facts(), commitment: undefined } })
      .thenRejected('COMMITMENT_UNKNOWN'));
  it('on no priority that was never proposed', () =>
    given(reportDecider).when(report(priorityId), { actor: KG, facts: { ...facts(), priority: undefined } }).thenRejected('PRIORITY_UNKNOWN'));
  it('on no closed commitment', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { commitment: [fulfilled] })).thenRejected('COMMITMENT_CLOSED'));
  it('on no withdrawn commitment', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { commitment: [withdrawn] })).thenRejected('COMMITMENT_WITHDRAWN'));
  it('on no commitment under a withdrawn priority', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { priority: [priorityWithdrawn] })).thenRejected('PRIORITY_WITHDRAWN'));
  it('in no closed agenda', () =>
    given(reportDecider).when(report(commitmentId), by(KG, { agenda: [agendaClosed] })).thenRejected('AGENDA_CLOSED'));
});

describe('A report is corrected', () => {
  const onNewText = corrected({ textVersion: 1 });

  it('after it was returned', () => given(reportDecider, reported, returned).when(correct(better), by(KG)).then(corrected()));
  it('after it was returned, even in the same words', () =>
    given(reportDecider, reported, returned).when(correct(content), by(KG)).then({ ...reported, type: 'ReportCorrected' }));
  it('before anyone reviewed it', () => given(reportDecider, reported).when(correct(better), by(KG)).then(corrected()));
  it('and the same again says nothing new', () => given(reportDecider, reported, corrected()).when(correct(better), by(KG)).thenNothing());
  it('in the same words, if the text was amended since', () =>
    given(reportDecider, reported, corrected()).when(correct(better), by(KG, { commitment: [amended] })).then(onNewText));
  it('by another liaison of the same state', () =>
    given(reportDecider, reported)
      .when(correct(better), by(liaisonOf('KG', 'deputy')))
      .then(corrected({ submittedBy: 'deputy' })));
  it('after its acceptance lapsed', () =>
    given(reportDecider, reported, accepted).when(correct(better), by(KG, { commitment: [amended] })).then(onNewText));

  it('but not once it is accepted', () =>
    given(reportDecider, reported, accepted).when(correct(better), by(KG)).thenRejected('REPORT_ACCEPTED'));
  it('nor after an amendment that left the text alone', () =>
    given(reportDecider, reported, accepted).when(correct(better), by(KG, { commitment: [rescheduled] })).thenRejected('REPORT_ACCEPTED'));
  it("by no other state's liaison", () =>
    given(reportDecider, reported, returned).when(correct(better), by(liaisonOf('AM'))).thenRejected('NOT_YOUR_REPORT'));
  it('by no body in the place of a state', () =>
    given(reportDecider, reported, returned)
      .when(correct(better), by(focalPointOf('KG'), { commitment: [commitmentAssigned] }))
      .thenRejected('NOT_YOUR_REPORT'));
  it('within its reporting period', () =>
    given(reportDecider, reported, returned).when(correct(better, '2024-Q2'), by(KG)).thenRejected('REPORT_PERIOD_FIXED', '/period'));
  it('not while its state suspends its part', () =>
    given(reportDecider, reported, returned).when(correct(better), by(KG, { agenda: [suspends] })).thenRejected('STATE_NOT_PARTICIPATING'));
  it('not after its commitment was closed', () =>
    given(reportDecider, reported, returned).when(correct(better), by(KG, { commitment: [fulfilled] })).thenRejected('COMMITMENT_CLOSED'));
  it('only if it was submitted', () => given(reportDecider).when(correct(better), by(KG)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda', () =>
    given(reportDecider, reported).when(correct(better), by(KG, { agenda: [agendaClosed] })).thenRejected('AGENDA_CLOSED'));
});

describe('A report is returned', () => {
  it('for a reason', () => given(reportDecider, reported).when(sendBack('Cite the protocol'), by(SECRETARIAT)).then(returned));
  it('again after it was corrected', () =>
    given(reportDecider, reported, returned, corrected()).when(sendBack('Cite the protocol'), by(SECRETARIAT)).then(returned));
  it('after its acceptance lapsed', () =>
    given(reportDecider, reported, accepted)
      .when(sendBack('Cite the protocol'), by(SECRETARIAT, { commitment: [amended] }))
      .then(returned));
  it('and again for the same reason, which says nothing new', () =>
    given(reportDecider, reported, returned).when(sendBack('Cite the protocol'), by(SECRETARIAT)).thenNothing());

  it('but not for another reason before it is corrected', () =>
    given(reportDecider, reported, returned).when(sendBack('Too short'), by(SECRETARIAT)).thenRejected('REPORT_RETURNED'));
  it('but not once it is accepted', () =>
    given(reportDecider, reported, accepted).when(sendBack('Too short'), by(SECRETARIAT)).thenRejected('REPORT_ACCEPTED'));
  it('by nobody who submitted it', () =>
    given(reportDecider, reported).when(sendBack('Too short'), by({ ...SECRETARIAT, subject: 'KG-liaison' })).thenRejected('SELF_REVIEW'));
  it('not once nobody could correct it', () =>
    given(reportDecider, reported).when(sendBack('Too short'), by(SECRETARIAT, { commitment: [fulfilled] })).thenRejected('COMMITMENT_CLOSED'));
  it('only if it was submitted', () => given(reportDecider).when(sendBack('Too short'), by(SECRETARIAT)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda', () =>
    given(reportDecider, reported).when(sendBack('Too short'), by(SECRETARIAT, { agenda: [agendaClosed] })).thenRejected('AGENDA_CLOSED'));
});

describe('A report is accepted', () => {
  it('as it was submitted', () => given(reportDecider, reported).when(accept(), by(SECRETARIAT)).then(accepted));
  it('with a comment', () =>
    given(reportDecider, reported)
      .when(accept('Thank you'), by(SECRETARIAT))
      .then({ type: 'ReportAccepted', data: { ...accepted.data, comment: 'Thank you' } }));
  it('after it was corrected', () =>
    given(reportDecider, reported, returned, corrected()).when(accept(), by(SECRETARIAT)).then(accepted));
  it('after its commitment was closed', () =>
    given(reportDecider, reported).when(accept(), by(SECRETARIAT, { commitment: [fulfilled] })).then(accepted));
  it('and again, which says nothing new', () => given(reportDecider, reported, accepted).when(accept(), by(SECRETARIAT)).thenNothing());
  it('anew, once it was corrected on the amended text', () =>
    given(reportDecider, reported, accepted, corrected({ textVersion: 1 }))
      .when(accept(), by(SECRETARIAT, { commitment: [amended] }))
      .then({ type: 'ReportAccepted', data: { ...accepted.data, textVersion: 1 } }));

  it('but not again with another comment', () =>
    given(reportDecider, reported, accepted).when(accept('Thank you'), by(SECRETARIAT)).thenRejected('REPORT_ACCEPTED'));
  it('but not while it is returned', () =>
    given(reportDecider, reported, returned).when(accept(), by(SECRETARIAT)).thenRejected('REPORT_RETURNED'));
  it('but not on an older text', () =>
    given(reportDecider, reported).when(accept(), by(SECRETARIAT, { commitment: [amended] })).thenRejected('REPORT_ON_OLDER_TEXT'));
  it('but not again once its acceptance lapsed', () =>
    given(reportDecider, reported, accepted).when(accept(), by(SECRETARIAT, { commitment: [amended] })).thenRejected('REPORT_ON_OLDER_TEXT'));
  it('by nobody who submitted it', () =>
    given(reportDecider, reported).when(accept(), by({ ...SECRETARIAT, subject: 'KG-liaison' })).thenRejected('SELF_REVIEW'));
  it('by nobody who submitted it before another corrected it', () =>
    given(reportDecider, reported, corrected({ submittedBy: 'deputy' }))
      .when(accept(), by({ ...SECRETARIAT, subject: 'KG-liaison' }))
      .thenRejected('SELF_REVIEW'));
  it('not once its commitment is withdrawn', () =>
    given(reportDecider, reported).when(accept(), by(SECRETARIAT, { commitment: [withdrawn] })).thenRejected('COMMITMENT_WITHDRAWN'));
  it('not once its priority is withdrawn', () =>
    given(reportDecider, reported).when(accept(), by(SECRETARIAT, { priority: [priorityWithdrawn] })).thenRejected('PRIORITY_WITHDRAWN'));
  it('only if it was submitted', () => given(reportDecider).when(accept(), by(SECRETARIAT)).thenRejected('REPORT_UNKNOWN'));
  it('in no closed agenda, not even again', () =>
    given(reportDecider, reported, accepted).when(accept(), by(SECRETARIAT, { agenda: [agendaClosed] })).thenRejected('AGENDA_CLOSED'));
});
