import { describe, it } from '@jest/globals';
import type { RejectionCode } from '../rejection.js';
import { decision } from '../testing/csto-2024.js';
import { given } from '../testing/given.js';
import type { CommitmentCommand } from './commands.js';
import { commitmentDecider, type CommitmentFacts } from './decider.js';
import type { CommitmentEvent } from './events.js';
import {
  agreed,
  carriedOver,
  command,
  event,
  fulfilled,
  inClosedAgenda,
  inOpenAgenda,
  proposed,
  reopened,
  resumed,
  suspended,
  toClosedAgenda,
  toNextAgenda,
  toRegisteredBody,
  underWithdrawnPriority,
  withdrawn,
} from './testing/minutes.js';

const commitment = (...happened: readonly CommitmentEvent[]) => given(commitmentDecider, ...happened);
const milestoneSet = event('MilestoneSet', { milestoneId: 'treaty', title: { ru: 'Договор' }, due: '2024-06-30' });
const carrier = event('CommitmentAssigned', { body: 'skb', role: 'lead' });

const carryOver = (to: string) => command('CarryOverCommitment', { to, decision: decision('12') });

const before = [proposed, milestoneSet, carrier];
const LIFECYCLES = {
  proposed: before,
  agreed: [...before, agreed],
  suspended: [...before, agreed, suspended],
  resumed: [...before, agreed, suspended, resumed],
  fulfilled: [...before, agreed, fulfilled],
  carriedOver: [...before, agreed, carriedOver],
  reopened: [...before, agreed, fulfilled, reopened],
  withdrawn: [...before, withdrawn],
};

/** Each command with something new to say, under a decision that none was taken under before. */
const d = decision('99');
const COMMANDS = {
  AmendCommitment: command('AmendCommitment', { text: { ru: 'Иначе' } }),
  AssignCommitment: command('AssignCommitment', { body: 'ksopn', role: 'lead' }),
  UnassignCommitment: command('UnassignCommitment', { body: 'skb' }),
  RescheduleCommitment: command('RescheduleCommitment', { due: '2024-12-31', reason: 'Later' }),
  SetMilestone: command('SetMilestone', { milestoneId: 'draft', title: { ru: 'Проект' }, due: '2024-05-31' }),
  ReachMilestone: command('ReachMilestone', { milestoneId: 'treaty' }),
  AgreeCommitment: command('AgreeCommitment', { decision: d }),
  AssessCommitment: command('AssessCommitment', {
    grade: 'limited',
    rationale: 'Little so far',
    rubricVersion: '2024-1',
  }),
  SuspendCommitment: command('SuspendCommitment', { decision: d }),
  ResumeCommitment: command('ResumeCommitment', { decision: d }),
  CloseCommitment: command('CloseCommitment', { outcome: 'not-fulfilled', decision: d }),
  ReopenCommitment: command('ReopenCommitment', { decision: d }),
  CarryOverCommitment: command('CarryOverCommitment', { to: 'csto-2025.3.1', decision: d }),
  WithdrawCommitment: command('WithdrawCommitment', { decision: d }),
} satisfies Record<Exclude<CommitmentCommand['type'], 'ProposeCommitment'>, CommitmentCommand>;

/** What each command comes to in each lifecycle: ✓, or the last words of COMMITMENT_… with which it is turned away. */
const MATRIX = `
                     | proposed      | agreed         | suspended  | resumed        | fulfilled     | carriedOver   | reopened       | withdrawn
AmendCommitment      | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
AssignCommitment     | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
UnassignCommitment   | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
RescheduleCommitment | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
SetMilestone         | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
ReachMilestone       | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
AgreeCommitment      | ✓             | ALREADY_AGREED | SUSPENDED  | ALREADY_AGREED | CLOSED        | CLOSED        | ALREADY_AGREED | WITHDRAWN
AssessCommitment     | NOT_AGREED    | ✓              | ✓          | ✓              | ✓             | ✓             | ✓              | WITHDRAWN
SuspendCommitment    | NOT_AGREED    | ✓              | SUSPENDED  | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
ResumeCommitment     | NOT_SUSPENDED | NOT_SUSPENDED  | ✓          | NOT_SUSPENDED  | NOT_SUSPENDED | NOT_SUSPENDED | NOT_SUSPENDED  | WITHDRAWN
CloseCommitment      | NOT_AGREED    | ✓              | SUSPENDED  | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
ReopenCommitment     | NOT_CLOSED    | NOT_CLOSED     | NOT_CLOSED | NOT_CLOSED     | ✓             | ✓             | NOT_CLOSED     | WITHDRAWN
CarryOverCommitment  | NOT_AGREED    | ✓              | SUSPENDED  | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
WithdrawCommitment   | ✓             | ✓              | ✓          | ✓              | CLOSED        | CLOSED        | ✓              | WITHDRAWN
`;

const [columns, ...rows] = MATRIX.trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const cells = rows.flatMap(([name, ...outcomes]) =>
  outcomes.map((outcome, i) => ({
    name: name as keyof typeof COMMANDS,
    lifecycle: columns!.filter(Boolean)[i] as keyof typeof LIFECYCLES,
    outcome,
  })),
);
const everyCommand = Object.values(COMMANDS).map((command) => ({ name: command.type, command }));
const EVENT_OF: Record<keyof typeof COMMANDS, CommitmentEvent['type']> = {
  AmendCommitment: 'CommitmentAmended',
  AssignCommitment: 'CommitmentAssigned',
  UnassignCommitment: 'CommitmentUnassigned',
  RescheduleCommitment: 'CommitmentRescheduled',
  SetMilestone: 'MilestoneSet',
  ReachMilestone: 'MilestoneReached',
  AgreeCommitment: 'CommitmentAgreed',
  AssessCommitment: 'CommitmentAssessed',
  SuspendCommitment: 'CommitmentSuspended',
  ResumeCommitment: 'CommitmentResumed',
  CloseCommitment: 'CommitmentClosed',
  ReopenCommitment: 'CommitmentReopened',
  CarryOverCommitment: 'CommitmentCarriedOver',
  WithdrawCommitment: 'CommitmentWithdrawn',
};

/** A body to assign and an agenda to carry over to stand ready, so that the lifecycle alone decides. */
const ready: { facts: CommitmentFacts } = { facts: { ...toRegisteredBody.facts, ...toNextAgenda.facts } };

describe('In each lifecycle', () => {
  it.each(cells)('$name when $lifecycle: $outcome', ({ name, lifecycle, outcome }) => {
    const minutes = commitment(...LIFECYCLES[lifecycle]).when(COMMANDS[name], ready);
    if (outcome === '✓') minutes.thenRecords({ type: EVENT_OF[name], data: COMMANDS[name].data } as CommitmentEvent);
    else minutes.thenRejected(`COMMITMENT_${outcome}` as RejectionCode);
  });
});

describe('Of a commitment', () => {
  it.each(everyCommand)('that was never proposed: no $name', ({ command }) => {
    commitment().when(command, ready).thenRejected('COMMITMENT_UNKNOWN');
  });
  it.each(everyCommand)('in a closed agenda: no $name', ({ command }) => {
    commitment(...LIFECYCLES.agreed)
      .when(command, inClosedAgenda)
      .thenRejected('AGENDA_CLOSED');
  });
  it.each(everyCommand)('under a withdrawn priority: no $name', ({ command }) => {
    commitment(...LIFECYCLES.agreed)
      .when(command, underWithdrawnPriority)
      .thenRejected('PRIORITY_WITHDRAWN');
  });
});

describe('Said again, and nothing new:', () => {
  const again: [string, CommitmentEvent[], CommitmentCommand][] = [
    ['agreed', [proposed, agreed], command('AgreeCommitment', { decision: decision('7') })],
    [
      'agreed, and resumed since',
      [proposed, agreed, suspended, resumed],
      command('AgreeCommitment', { decision: decision('7') }),
    ],
    ['suspended', [proposed, agreed, suspended], command('SuspendCommitment', { decision: decision('8') })],
    ['resumed', [proposed, agreed, suspended, resumed], command('ResumeCommitment', { decision: decision('9') })],
    [
      'fulfilled',
      [proposed, agreed, fulfilled],
      command('CloseCommitment', { outcome: 'fulfilled', decision: decision('10') }),
    ],
    ['reopened', [proposed, agreed, fulfilled, reopened], command('ReopenCommitment', { decision: decision('11') })],
    [
      'carried over',
      [proposed, agreed, carriedOver],
      command('CarryOverCommitment', { to: 'csto-2025.2.1', decision: decision('12') }),
    ],
    ['withdrawn', [proposed, withdrawn], command('WithdrawCommitment', { reason: 'Out of date' })],
  ];
  it.each(again)('%s', (_, happened, command) =>
    commitment(...happened)
      .when(command, ready)
      .thenNothing(),
  );

  it('but another outcome under the same decision is turned away', () =>
    commitment(proposed, agreed, fulfilled)
      .when(command('CloseCommitment', { outcome: 'partly-fulfilled', decision: decision('10') }), ready)
      .thenRejected('COMMITMENT_CLOSED'));
  it('but what was resumed was not thereby reopened', () =>
    commitment(proposed, agreed, suspended, resumed)
      .when(command('ReopenCommitment', { decision: decision('9') }), ready)
      .thenRejected('COMMITMENT_NOT_CLOSED'));
});

describe('A commitment that was agreed', () => {
  const withdraw = command('WithdrawCommitment', { reason: 'No longer wanted' });

  it('is not withdrawn without a decision', () =>
    commitment(proposed, agreed).when(withdraw, inOpenAgenda).thenRejected('DECISION_REQUIRED', '/decision'));
  it('is not withdrawn without a decision while it is suspended', () =>
    commitment(proposed, agreed, suspended)
      .when(withdraw, inOpenAgenda)
      .thenRejected('DECISION_REQUIRED', '/decision'));
  it('as proposed it was withdrawn without one', () =>
    commitment(proposed)
      .when(withdraw, inOpenAgenda)
      .thenRecords(event('CommitmentWithdrawn', { reason: 'No longer wanted' })));
});

describe('A commitment is carried over', () => {
  it('to an open agenda, before or after it is proposed there', () =>
    commitment(proposed, agreed).when(carryOver('csto-2025.2.1'), toNextAgenda).thenRecords(carriedOver));
  it('not to a closed agenda', () =>
    commitment(proposed, agreed)
      .when(carryOver('csto-2025.2.1'), toClosedAgenda)
      .thenRejected('CARRY_OVER_TARGET_INVALID', '/to'));
  it('not to an agenda that was never opened', () =>
    commitment(proposed, agreed)
      .when(carryOver('csto-2025.2.1'), inOpenAgenda)
      .thenRejected('CARRY_OVER_TARGET_INVALID', '/to'));
  it('not within its own agenda', () =>
    commitment(proposed, agreed)
      .when(carryOver('csto-2024.4.2'), toNextAgenda)
      .thenRejected('CARRY_OVER_TARGET_INVALID', '/to'));
  it('not to a whole priority', () =>
    commitment(proposed, agreed)
      .when(carryOver('csto-2025.2'), toNextAgenda)
      .thenRejected('CARRY_OVER_TARGET_INVALID', '/to'));
});
