import { agendaDecider } from '../../agenda/decider.js';
import type { AgendaEvent } from '../../agenda/events.js';
import { commitmentDecider } from '../../commitment/decider.js';
import type { CommitmentEvent } from '../../commitment/events.js';
import { fold } from '../../fold.js';
import { priorityDecider } from '../../priority/decider.js';
import type { PriorityEvent } from '../../priority/events.js';
import { agendaOpened, commitmentProposed, decision, liaisonOf, priorityProposed } from '../../testing/csto-2024.js';
import type { Actor, Reporter } from '../../values.js';
import type { AcceptReport, CorrectReport, ReportProgress, ReturnReport } from '../commands.js';
import type { ReportFacts } from '../decider.js';
import type { ProgressReported, ReportAccepted, ReportContent, ReportCorrected, ReportReturned } from '../events.js';

const reportId = '0b9f6a52-7c1f-4d9c-8a54-3f1f0a6d9a11';
export const priorityId = 'csto-2024.4';
export const commitmentId = 'csto-2024.4.1';
export const KG = liaisonOf('KG');

type Happened = { agenda?: AgendaEvent[]; priority?: PriorityEvent[]; commitment?: CommitmentEvent[] };
export const facts = ({ agenda = [], priority = [], commitment = [] }: Happened = {}): ReportFacts => ({
  agenda: fold(agendaDecider, [agendaOpened, ...agenda]),
  priority: fold(priorityDecider, [priorityProposed, ...priority]),
  commitment: fold(commitmentDecider, [commitmentProposed, ...commitment]),
});
/** Who asks, and what else happened. */
export const by = (actor: Actor, happened?: Happened) => ({ actor, facts: facts(happened) });

export const fulfilled: CommitmentEvent = {
  type: 'CommitmentClosed',
  data: { commitmentId, outcome: 'fulfilled', decision: decision('10') },
};
export const withdrawn: CommitmentEvent = { type: 'CommitmentWithdrawn', data: { commitmentId } };
export const amended: CommitmentEvent = { type: 'CommitmentAmended', data: { commitmentId, text: { ru: 'Иначе' } } };
export const rescheduled: CommitmentEvent = {
  type: 'CommitmentRescheduled',
  data: { commitmentId, due: '2024-12-31', reason: 'Later' },
};
export const suspends: AgendaEvent = {
  type: 'ParticipationRecorded',
  data: { agendaId: 'csto-2024', state: 'KG', participation: 'suspended' },
};
export const staysOut: AgendaEvent = {
  type: 'ParticipationRecorded',
  data: { agendaId: 'csto-2024', state: 'KG', participation: 'not-participating' },
};
export const commitmentAssigned: CommitmentEvent = {
  type: 'CommitmentAssigned',
  data: { commitmentId, body: 'ksopn', role: 'supporting' },
};
export const commitmentUnassigned: CommitmentEvent = {
  type: 'CommitmentUnassigned',
  data: { commitmentId, body: 'ksopn' },
};
export const priorityAssigned: PriorityEvent = {
  type: 'PriorityAssigned',
  data: { priorityId, body: 'ksopn', role: 'lead' },
};

export const content: ReportContent = {
  delivery: 'on-track',
  percent: 40,
  narrative: 'Двое из шести присоединились',
  language: 'ru',
};
export const better: ReportContent = {
  ...content,
  percent: 60,
  evidence: [{ title: 'Протокол', url: 'https://example.org/p.pdf' }],
};
export const report = (subject: string, period = '2024-Q1'): ReportProgress => ({
  type: 'ReportProgress',
  data: { reportId, subject, period, ...content },
});
export const correct = (said: ReportContent, period = '2024-Q1'): CorrectReport => ({
  type: 'CorrectReport',
  data: { reportId, period, ...said },
});
export const sendBack = (reason: string): ReturnReport => ({ type: 'ReturnReport', data: { reportId, reason } });
export const accept = (comment?: string): AcceptReport => ({
  type: 'AcceptReport',
  data: { reportId, ...(comment && { comment }) },
});

export const place = (reporter: Reporter, subject = commitmentId) => ({
  reportId,
  agendaId: 'csto-2024',
  subject,
  reporter,
  period: '2024-Q1',
});
const ofKG = place({ state: 'KG' });
export const reported: ProgressReported = {
  type: 'ProgressReported',
  data: { ...ofKG, ...content, textVersion: 0, submittedBy: 'KG-liaison' },
};
export const corrected = (more: Partial<ReportCorrected['data']> = {}): ReportCorrected => ({
  type: 'ReportCorrected',
  data: { ...ofKG, ...better, textVersion: 0, submittedBy: 'KG-liaison', ...more },
});
export const returned: ReportReturned = { type: 'ReportReturned', data: { ...ofKG, reason: 'Cite the protocol' } };
export const accepted: ReportAccepted = { type: 'ReportAccepted', data: { ...ofKG, textVersion: 0 } };

export const reportedFor = (reporter: Reporter, submittedBy: string, subject = commitmentId): ProgressReported => ({
  type: 'ProgressReported',
  data: { ...place(reporter, subject), ...content, textVersion: 0, submittedBy },
});
