import { describe, expect, it } from '@jest/globals';
import { agendaDecider } from './agenda/decider.js';
import { bodyDecider } from './body/decider.js';
import { commitmentDecider } from './commitment/decider.js';
import type { DomainEvent } from './decider.js';
import { fold } from './fold.js';
import { priorityDecider } from './priority/decider.js';
import { reportDecider } from './report/decider.js';
import {
  agendaOpened,
  bodyRegistered,
  bodyRetired,
  commitmentProposed,
  nextAgendaOpened,
  priorityProposed,
} from './testing/csto-2024.js';
import { reported } from './report/testing/minutes.js';

const happened = (type: string, data: object): DomainEvent => ({ type, data });

/** What no decider would have let happen, after what did. */
const ODDITIES = [
  ['an agenda opened a second time', agendaDecider, agendaOpened, nextAgendaOpened],
  [
    'the participation of a state that is no member',
    agendaDecider,
    agendaOpened,
    happened('ParticipationRecorded', { agendaId: 'csto-2024', state: 'UZ', participation: 'suspended' }),
  ],
  [
    'a body registered a second time',
    bodyDecider,
    bodyRegistered,
    { ...bodyRegistered, data: { ...bodyRegistered.data, kind: 'forces' } },
  ],
  [
    'a priority proposed a second time',
    priorityDecider,
    priorityProposed,
    { ...priorityProposed, data: { ...priorityProposed.data, number: 5 } },
  ],
  [
    'a body unassigned that was never assigned',
    priorityDecider,
    priorityProposed,
    happened('PriorityUnassigned', { priorityId: 'csto-2024.4', body: 'ksopn' }),
  ],
  [
    'a commitment proposed a second time',
    commitmentDecider,
    commitmentProposed,
    { ...commitmentProposed, data: { ...commitmentProposed.data, number: 5 } },
  ],
  [
    'a milestone reached that was never set',
    commitmentDecider,
    commitmentProposed,
    happened('MilestoneReached', { commitmentId: 'csto-2024.4.1', milestoneId: 'treaty' }),
  ],
  [
    'a report submitted a second time',
    reportDecider,
    reported,
    { ...reported, data: { ...reported.data, narrative: 'Иначе' } },
  ],
  ['an event of another kind of stream', priorityDecider, priorityProposed, bodyRetired],
  [
    'an event that lacks a field',
    priorityDecider,
    priorityProposed,
    happened('PriorityAssigned', { priorityId: 'csto-2024.4', body: 'ksopn' }),
  ],
  [
    'an event that says what no release knows',
    priorityDecider,
    priorityProposed,
    happened('PriorityAssigned', { priorityId: 'csto-2024.4', body: 'ksopn', role: 'deputy' }),
  ],
] as const;

type Fold = Parameters<typeof fold<unknown, DomainEvent>>[0];

describe('The state stays as it was after', () => {
  it.each(ODDITIES)('%s', (_, decider, before, odd) => {
    const state = (events: readonly DomainEvent[]) => fold(decider as unknown as Fold, events);
    expect(state([before, odd])).toEqual(state([before]));
  });
});

describe('There is no state where history begins with', () => {
  it.each([
    [
      'a closure',
      agendaDecider,
      happened('AgendaClosed', { agendaId: 'csto-2024', decision: { body: 'skb', date: '2024-12-31' } }),
    ],
    ['a retirement', bodyDecider, bodyRetired],
    ['a withdrawal of a priority', priorityDecider, happened('PriorityWithdrawn', { priorityId: 'csto-2024.4' })],
    [
      'a withdrawal of a commitment',
      commitmentDecider,
      happened('CommitmentWithdrawn', { commitmentId: 'csto-2024.4.1' }),
    ],
    ['a correction', reportDecider, { ...reported, type: 'ReportCorrected' }],
  ] as const)('%s', (_, decider, first) => {
    expect(fold(decider as unknown as Fold, [first])).toBeUndefined();
  });
});
