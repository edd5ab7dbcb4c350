import type { Command } from '#domain/commands.js';
import type { TokenRequest } from '#access/issue-token.js';

const DECISION = { body: 'skb', date: '2024-01-18', number: '3' };
const RU = { ru: 'Текст', kk: 'Мәтін', en: 'Text' };
const REPORT = { period: '2024-Q1', delivery: 'on-track', percent: 40, narrative: 'Идёт\nпо плану', language: 'ru' } as const;
const REPORT_ID = '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47';

export type DoorExample = {
  readonly method: 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly body?: object;
  /** Whose door it is. */
  readonly actor: TokenRequest;
  /** What the door makes of it. A report's id is made anew each time. */
  readonly command: { readonly type: Command['type']; readonly data: object };
  /** Where what is made has its address; the door answers 201 then. */
  readonly makesIn?: string;
};

const chair: TokenRequest = { role: 'chair' };
const secretariat: TokenRequest = { role: 'secretariat' };
const liaison: TokenRequest = { role: 'liaison', state: 'KG' };

const post = (path: string, actor: TokenRequest, type: Command['type'], body: object, data: object, makesIn?: string): DoorExample => ({
  method: 'post',
  path,
  actor,
  body,
  command: { type, data },
  ...(makesIn !== undefined && { makesIn }),
});

const P = '/v1/priorities/csto-2024.2';
const C = '/v1/commitments/csto-2024.2.1';
const E = '/v1/editions/csto-2024.e1';
const editionId = 'csto-2024.e1';
const priorityId = 'csto-2024.2';
const commitmentId = 'csto-2024.2.1';
const agendaId = 'csto-2024';

const OPEN = {
  organisation: 'CSTO',
  chair: 'KZ',
  title: RU,
  term: { from: '2024-01-01', to: '2024-12-31' },
  memberStates: ['KZ', 'KG'],
  reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' }],
};

/** Every command door, with a good request and the command that it must become. */
export const DOORS: readonly DoorExample[] = [
  post('/v1/agendas', chair, 'OpenAgenda', { id: agendaId, ...OPEN }, { agendaId, ...OPEN }, '/v1/agendas'),
  asSaid('/v1/agendas/csto-2024/participations', secretariat, 'RecordParticipation', { agendaId }, { state: 'AM', participation: 'suspended', note: RU }),
  asSaid('/v1/agendas/csto-2024/closure', chair, 'CloseAgenda', { agendaId }, { decision: DECISION }),
  post('/v1/bodies', secretariat, 'RegisterBody', { id: 'skb', names: RU, kind: 'council' }, { bodyId: 'skb', names: RU, kind: 'council' }, '/v1/bodies'),
  { ...asSaid('/v1/bodies/skb', secretariat, 'RenameBody', { bodyId: 'skb' }, { names: RU }), method: 'patch' },
  asSaid('/v1/bodies/skb/retirement', secretariat, 'RetireBody', { bodyId: 'skb' }, {}),
  {
    ...asSaid('/v1/agendas/csto-2024/priorities', chair, 'ProposePriority', { priorityId, agendaId }, { number: 2, title: RU, instruments: [{ title: RU }] }),
    makesIn: '/v1/priorities',
  },
  { ...asSaid(P, chair, 'AmendPriority', { priorityId }, { title: RU, summary: null }), method: 'patch' },
  asSaid(`${P}/agreement`, secretariat, 'AgreePriority', { priorityId }, { decision: DECISION }),
  asSaid(`${P}/assignments`, chair, 'AssignPriority', { priorityId }, { body: 'skb', role: 'lead' }),
  { method: 'delete', path: `${P}/assignments/skb`, actor: chair, command: { type: 'UnassignPriority', data: { priorityId, body: 'skb' } } },
  asSaid(`${P}/withdrawal`, chair, 'WithdrawPriority', { priorityId }, { reason: 'Снято' }),
  {
    ...asSaid(`${P}/commitments`, chair, 'ProposeCommitment', { commitmentId, priorityId, agendaId }, { number: 1, text: RU, due: '2024-11-30' }),
    makesIn: '/v1/commitments',
  },
  { ...asSaid(C, chair, 'AmendCommitment', { commitmentId }, { text: RU, source: null }), method: 'patch' },
  asSaid(`${C}/agreement`, secretariat, 'AgreeCommitment', { commitmentId }, { decision: DECISION }),
  asSaid(`${C}/assignments`, chair, 'AssignCommitment', { commitmentId }, { body: 'skb', role: 'supporting' }),
  { method: 'delete', path: `${C}/assignments/skb`, actor: chair, command: { type: 'UnassignCommitment', data: { commitmentId, body: 'skb' } } },
  asSaid(`${C}/withdrawal`, chair, 'WithdrawCommitment', { commitmentId }, { decision: DECISION }),
  asSaid(`${C}/schedule`, chair, 'RescheduleCommitment', { commitmentId }, { due: '2025-03-31', reason: 'Просьба государств' }),
  post(`${C}/milestones`, chair, 'SetMilestone', { id: 'draft', title: RU, due: '2024-06-30' }, { commitmentId, milestoneId: 'draft', title: RU, due: '2024-06-30' }),
  post(`${C}/milestones/draft/reached`, chair, 'ReachMilestone', {}, { commitmentId, milestoneId: 'draft' }),
  asSaid(`${C}/assessments`, secretariat, 'AssessCommitment', { commitmentId }, { grade: 'limited', rationale: 'Мало', rubricVersion: '2024.1' }),
  asSaid(`${C}/suspension`, secretariat, 'SuspendCommitment', { commitmentId }, { decision: DECISION, reason: 'Пауза' }),
  asSaid(`${C}/resumption`, secretariat, 'ResumeCommitment', { commitmentId }, { decision: DECISION }),
  asSaid(`${C}/closure`, secretariat, 'CloseCommitment', { commitmentId }, { decision: DECISION, outcome: 'fulfilled' }),
  asSaid(`${C}/reopening`, secretariat, 'ReopenCommitment', { commitmentId }, { decision: DECISION }),
  asSaid(`${C}/carry-over`, secretariat, 'CarryOverCommitment', { commitmentId }, { to: 'csto-2025.2.1', decision: DECISION }),
  { ...asSaid(`${P}/reports`, liaison, 'ReportProgress', { subject: priorityId }, REPORT), makesIn: '/v1/reports' },
  { ...asSaid(`${C}/reports`, liaison, 'ReportProgress', { subject: commitmentId }, REPORT), makesIn: '/v1/reports' },
  { ...asSaid(`/v1/reports/${REPORT_ID}`, liaison, 'CorrectReport', { reportId: REPORT_ID }, REPORT), method: 'put' },
  asSaid(`/v1/reports/${REPORT_ID}/return`, secretariat, 'ReturnReport', { reportId: REPORT_ID }, { reason: 'Уточните' }),
  asSaid(`/v1/reports/${REPORT_ID}/acceptance`, secretariat, 'AcceptReport', { reportId: REPORT_ID }, { comment: 'Принято' }),
  { ...asSaid('/v1/agendas/csto-2024/editions', chair, 'DispatchEdition', { agendaId }, { purpose: 'adopted', recipients: ['KG'] }), makesIn: '/v1/editions' },
  asSaid(`${E}/acknowledgement`, liaison, 'AcknowledgeEdition', { editionId }, { digest: '0'.repeat(64) }),
  asSaid(`${E}/positions`, liaison, 'StatePosition', { editionId }, { position: 'reservation', text: 'Пункт 3' }),
];

/** A door whose command says what its body says, beside what the address says. */
function asSaid(path: string, actor: TokenRequest, type: Command['type'], address: object, body: object): DoorExample {
  return post(path, actor, type, body, { ...address, ...body });
}
