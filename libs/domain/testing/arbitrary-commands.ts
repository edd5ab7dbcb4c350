import fc from 'fast-check';
import type { Command } from '../commands.js';
import { agendaOf, commitmentId, editionId, numberOf, priorityId, priorityOf } from '../identifiers.js';
import { ASSIGNMENT_ROLES, DELIVERIES, DELIVERY_CHANNELS, EDITION_PURPOSES, GRADES, OUTCOMES, PARTICIPATIONS, POSITIONS } from '../vocabulary.js';
import {
  agendaOpened,
  bodyRegistered,
  CHAIR,
  decision as decisionNumbered,
  focalPointOf,
  liaisonOf,
  SECRETARIAT,
} from './csto-2024.js';
import { DIGEST, type Asked } from './world.js';

/** Random commands over so few ids and values that they meet each other, repeat and conflict. */

const AGENDAS = ['csto-2024', 'csto-2025'];
const PRIORITIES = AGENDAS.map((agenda) => priorityId(agenda, 1));
const COMMITMENTS = PRIORITIES.flatMap((priority) => [commitmentId(priority, 1), commitmentId(priority, 2)]);
/** The second has the name of what every object inherits. */
const BODIES = ['ksopn', 'constructor'];
const REPORTS = ['0b9f6a52-7c1f-4d9c-8a54-3f1f0a6d9a11', '5d0c9c2e-51a3-4f0f-9a53-0d9a3f1f0a6d'];

const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const EDITIONS = AGENDAS.map((agenda) => editionId(agenda, 1));

const agenda = oneOf(...AGENDAS);
const priority = oneOf(...PRIORITIES);
const commitment = oneOf(...COMMITMENTS);
const body = oneOf(...BODIES);
const report = oneOf(...REPORTS);
const state = oneOf('KZ', 'KG', 'UZ');
const text = oneOf({ ru: 'А' }, { ru: 'Б' }, { ru: 'А', en: 'A' });
const decision = oneOf(decisionNumbered('1'), decisionNumbered('2'));
const reason = oneOf('so', 'otherwise');
const day = oneOf('2024-06-30', '2024-09-30');
const instruments = maybe(oneOf([], [{ title: { ru: 'А' } }]));
const source = maybe(fc.option(reason));
const role = oneOf(...ASSIGNMENT_ROLES);
const milestone = oneOf('m1', 'm2');
const content = {
  delivery: oneOf(...DELIVERIES),
  percent: maybe(fc.nat(100)),
  narrative: oneOf('Да', 'Нет'),
  language: oneOf('ru', 'kk'),
  obstacles: maybe(reason),
  nextSteps: maybe(reason),
  evidence: maybe(oneOf([], [{ title: 'A', url: 'https://example.org' }])),
};
const period = oneOf('2024-Q1', '2024-Q1', '2024-Q2', '2023-Q4');

type DataOf = { [C in Command as C['type']]: C['data'] };

/** A command of this type; its fields that are absent are left out, as they are on the way through JSON. */
const command = <Type extends Command['type']>(
  type: Type,
  data: { [Field in keyof DataOf[Type]]: fc.Arbitrary<DataOf[Type][Field]> },
): fc.Arbitrary<Command> =>
  fc
    .record(data as Record<string, fc.Arbitrary<unknown>>)
    .map((data) => JSON.parse(JSON.stringify({ type, data })) as Command);

const openAgenda = (id: string): Command => ({ type: 'OpenAgenda', data: { ...agendaOpened.data, agendaId: id } });
const registerBody = (id: string): Command => ({ type: 'RegisterBody', data: { ...bodyRegistered.data, bodyId: id } });
const proposePriority = (id: string): Command => ({
  type: 'ProposePriority',
  data: { priorityId: id, agendaId: agendaOf(id), number: numberOf(id), title: { ru: 'А' } },
});
const proposeCommitment = (id: string, carriedOverFrom?: string): Command => ({
  type: 'ProposeCommitment',
  data: {
    commitmentId: id,
    priorityId: priorityOf(id),
    agendaId: agendaOf(id),
    number: numberOf(id),
    text: { ru: 'А' },
    ...(carriedOverFrom && { carriedOverFrom }),
  },
});

const endings = [
  command('CloseAgenda', { agendaId: agenda, decision, reason: maybe(reason) }),
  command('WithdrawPriority', { priorityId: priority, reason: maybe(reason), decision: maybe(decision) }),
];

const creations = [
  agenda.map(openAgenda),
  body.map(registerBody),
  priority.map(proposePriority),
  fc.tuple(commitment, maybe(commitment)).map(([id, from]) => proposeCommitment(id, from)),
];

const business = [
  command('RecordParticipation', {
    agendaId: agenda,
    state,
    participation: oneOf(...PARTICIPATIONS),
    note: maybe(text),
    decision: maybe(decision),
  }),
  command('RenameBody', { bodyId: body, names: text, decision: maybe(decision) }),
  command('RetireBody', { bodyId: body, reason: maybe(reason), decision: maybe(decision) }),
  command('AmendPriority', {
    priorityId: priority,
    title: maybe(text),
    summary: maybe(fc.option(text)),
    instruments,
    source,
    decision: maybe(decision),
  }),
  command('AgreePriority', { priorityId: priority, decision }),
  command('AssignPriority', { priorityId: priority, body, role }),
  command('UnassignPriority', { priorityId: priority, body }),
  command('AmendCommitment', {
    commitmentId: commitment,
    text: maybe(text),
    instruments,
    source,
    decision: maybe(decision),
  }),
  command('AgreeCommitment', { commitmentId: commitment, decision }),
  command('AssignCommitment', { commitmentId: commitment, body, role }),
  command('UnassignCommitment', { commitmentId: commitment, body }),
  command('RescheduleCommitment', { commitmentId: commitment, due: day, reason, decision: maybe(decision) }),
  command('SetMilestone', { commitmentId: commitment, milestoneId: milestone, title: text, due: day }),
  command('ReachMilestone', { commitmentId: commitment, milestoneId: milestone }),
  command('AssessCommitment', {
    commitmentId: commitment,
    grade: oneOf(...GRADES),
    rationale: reason,
    rubricVersion: oneOf('1', '2'),
  }),
  command('SuspendCommitment', { commitmentId: commitment, decision, reason: maybe(reason) }),
  command('ResumeCommitment', { commitmentId: commitment, decision, reason: maybe(reason) }),
  command('CloseCommitment', {
    commitmentId: commitment,
    outcome: oneOf(...OUTCOMES),
    decision,
    reason: maybe(reason),
  }),
  command('ReopenCommitment', { commitmentId: commitment, decision, reason: maybe(reason) }),
  command('CarryOverCommitment', { commitmentId: commitment, to: commitment, decision, reason: maybe(reason) }),
  command('WithdrawCommitment', { commitmentId: commitment, reason: maybe(reason), decision: maybe(decision) }),
];

const reporting = [
  command('ReportProgress', { reportId: report, subject: oneOf(...PRIORITIES, ...COMMITMENTS), period, ...content }),
  command('CorrectReport', { reportId: report, period, ...content }),
  command('ReturnReport', { reportId: report, reason }),
  command('AcceptReport', { reportId: report, comment: maybe(reason) }),
];

const edition = oneOf(...EDITIONS);
const ofState = { editionId: edition, agendaId: agenda, state };
const channel = oneOf(...DELIVERY_CHANNELS);
const sending = [
  command('DispatchEdition', {
    agendaId: agenda,
    purpose: oneOf(...EDITION_PURPOSES),
    recipients: maybe(oneOf(['KG', 'KZ'], ['KG', 'KG'], ['UZ'], [])),
    silenceDeadline: maybe(oneOf('2024-05-01T00:00:00.000Z', '2024-07-01T00:00:00.000Z')),
  }),
  command('RecordDelivery', { ...ofState, channel }),
  command('RecordDeliveryFailure', { ...ofState, channel, reason, attempts: oneOf(1, 9) }),
  command('AcknowledgeEdition', { editionId: edition, digest: oneOf(DIGEST, DIGEST, '1'.repeat(64)) }),
  command('StatePosition', { editionId: edition, position: oneOf(...POSITIONS), text: maybe(reason) }),
  command('RecordSilence', { editionId: edition }),
];

/** One person of the Secretariat is a body's focal point as well. */
const actor = oneOf(
  SECRETARIAT,
  { ...SECRETARIAT, subject: 'head-of-section' },
  focalPointOf('ksopn', SECRETARIAT.subject),
  focalPointOf('constructor'),
  liaisonOf('KG'),
  liaisonOf('KZ'),
  liaisonOf('UZ'),
);

/** In most sequences there is work to speak about from the start; endings are rare, since little happens after them. */
const beginning: readonly Asked[] = [
  ...AGENDAS.map(openAgenda),
  ...BODIES.map(registerBody),
  ...PRIORITIES.map(proposePriority),
  ...COMMITMENTS.map((id) => proposeCommitment(id)),
].map((command) => ({ command, actor: CHAIR }));

const ofTheAgenda = [
  { weight: 2, arbitrary: fc.oneof(...creations) },
  { weight: 60, arbitrary: fc.oneof(...business) },
  { weight: 30, arbitrary: fc.oneof(...reporting) },
  { weight: 1, arbitrary: fc.oneof(...endings) },
];

const asked: fc.Arbitrary<Asked> = fc.record({ command: fc.oneof(...ofTheAgenda), actor });

const askedOrSent: fc.Arbitrary<Asked> = fc.record({
  command: fc.oneof(...ofTheAgenda, { weight: 12, arbitrary: fc.oneof(...sending) }),
  actor,
  now: oneOf('2024-06-01T12:00:00.000Z', '2024-06-01T12:00:00.000Z', '2024-08-01T12:00:00.000Z'),
});

const sequencesOf = (one: fc.Arbitrary<Asked>): fc.Arbitrary<readonly Asked[]> =>
  fc
    .tuple(fc.constantFrom(beginning, beginning, beginning, []), fc.array(one, { maxLength: 80, size: 'max' }))
    .map(([first, then]) => first.concat(then));

/** What becomes of an agenda before it is sent. */
export const agendaSequences = sequencesOf(asked);
export const commandSequences = sequencesOf(askedOrSent);
