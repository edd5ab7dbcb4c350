import { describe, expect, it } from '@jest/globals';
import type { AgendaEvent } from './agenda/events.js';
import { agendaDecider } from './agenda/decider.js';
import { commitmentDecider } from './commitment/decider.js';
import type { CommitmentEvent } from './commitment/events.js';
import { changesBetween, history } from './history.js';
import { priorityDecider } from './priority/decider.js';
import type { PriorityEvent } from './priority/events.js';
import { reportDecider } from './report/decider.js';
import type { ReportEvent } from './report/events.js';
import { reported } from './report/testing/minutes.js';
import { agendaOpened, commitmentProposed, decision, priorityProposed } from './testing/csto-2024.js';

const commitmentId = 'csto-2024.4.1';
const priorityId = 'csto-2024.4';

const lastOf = (items: ReturnType<typeof history>) => items.at(-1)!.changes;
const ofCommitment = (...events: CommitmentEvent[]) =>
  lastOf(history(commitmentDecider, [commitmentProposed, ...events]));
const ofPriority = (...events: PriorityEvent[]) => lastOf(history(priorityDecider, [priorityProposed, ...events]));
const ofAgenda = (...events: AgendaEvent[]) => lastOf(history(agendaDecider, [agendaOpened, ...events]));

describe('History tells of each event', () => {
  it('what came to be, from nothing', () => {
    expect(ofCommitment()).toEqual([
      { field: '/id', from: null, to: 'csto-2024.4.1' },
      { field: '/priorityId', from: null, to: 'csto-2024.4' },
      { field: '/agendaId', from: null, to: 'csto-2024' },
      { field: '/number', from: null, to: 1 },
      { field: '/lifecycle', from: null, to: 'proposed' },
      { field: '/text/ru', from: null, to: 'Повысить эффективность совместных мероприятий' },
      { field: '/text/en', from: null, to: 'Raise the effectiveness of joint activities' },
      { field: '/textVersion', from: null, to: 0 },
      { field: '/due', from: null, to: '2024-09-30' },
      { field: '/instruments', from: null, to: [] },
    ]);
  });

  it('a scalar from what to what', () => {
    expect(
      ofCommitment({
        type: 'CommitmentRescheduled',
        data: { commitmentId, due: '2024-12-15', reason: 'Ratification' },
      }),
    ).toEqual([{ field: '/due', from: '2024-09-30', to: '2024-12-15' }]);
  });

  it('a text language by language', () => {
    const text = { ru: 'Повысить эффективность совместных мероприятий', kk: 'Тиімділікті арттыру' };
    expect(ofCommitment({ type: 'CommitmentAmended', data: { commitmentId, text } })).toEqual([
      { field: '/text/kk', from: null, to: 'Тиімділікті арттыру' },
      { field: '/text/en', from: 'Raise the effectiveness of joint activities', to: null },
      { field: '/textVersion', from: 0, to: 1 },
    ]);
  });

  it('a field that was taken away', () => {
    expect(ofPriority({ type: 'PriorityAmended', data: { priorityId, source: null } })).toEqual([
      { field: '/source', from: 'Послание, 2024', to: null },
    ]);
  });

  it('instruments as a whole', () => {
    const instruments = [{ title: { ru: 'Совместная декларация' }, date: '2010-03-18' }];
    expect(ofPriority({ type: 'PriorityAmended', data: { priorityId, instruments } })).toEqual([
      { field: '/instruments', from: [], to: instruments },
    ]);
  });

  it('assignments by body, and nothing of what the decider remembers beside them', () => {
    const lead: PriorityEvent = { type: 'PriorityAssigned', data: { priorityId, body: 'ksopn', role: 'lead' } };
    const field = '/assignments/ksopn';
    expect(ofPriority(lead)).toEqual([{ field, from: null, to: 'lead' }]);
    expect(ofPriority(lead, { ...lead, data: { ...lead.data, role: 'supporting' } })).toEqual([
      { field, from: 'lead', to: 'supporting' },
    ]);
    expect(ofPriority(lead, { type: 'PriorityUnassigned', data: { priorityId, body: 'ksopn' } })).toEqual([
      { field, from: 'lead', to: null },
    ]);
  });

  it('milestones by id', () => {
    const set: CommitmentEvent = {
      type: 'MilestoneSet',
      data: { commitmentId, milestoneId: 'draft/1', title: { ru: 'Проект' }, due: '2024-06-30' },
    };
    expect(ofCommitment(set, { ...set, data: { ...set.data, due: '2024-07-31' } })).toEqual([
      { field: '/milestones/draft~11/due', from: '2024-06-30', to: '2024-07-31' },
    ]);
    expect(ofCommitment(set, { type: 'MilestoneReached', data: { commitmentId, milestoneId: 'draft/1' } })).toEqual([
      { field: '/milestones/draft~11/reached', from: false, to: true },
    ]);
  });

  it('a lifecycle with the decision that it rests on', () => {
    expect(ofPriority({ type: 'PriorityAgreed', data: { priorityId, decision: decision('7') } })).toEqual([
      { field: '/lifecycle', from: 'proposed', to: 'agreed' },
      { field: '/agreement/body', from: null, to: 'skb' },
      { field: '/agreement/date', from: null, to: '2024-05-20' },
      { field: '/agreement/number', from: null, to: '7' },
    ]);
  });

  it('the end of an acceptance, when the report is returned after all', () => {
    const accepted: ReportEvent = { type: 'ReportAccepted', data: { ...reported.data, comment: 'Thank you' } };
    const returned: ReportEvent = { type: 'ReportReturned', data: { ...reported.data, reason: 'The text was amended' } };
    expect(lastOf(history(reportDecider, [reported, accepted, returned]))).toEqual([
      { field: '/status', from: 'accepted', to: 'returned' },
      { field: '/returnReason', from: null, to: 'The text was amended' },
      { field: '/acceptance/comment', from: 'Thank you', to: null },
      { field: '/acceptance/textVersion', from: 0, to: null },
    ]);
  });

  it('participation by state', () => {
    const suspended: AgendaEvent = {
      type: 'ParticipationRecorded',
      data: { agendaId: 'csto-2024', state: 'AM', participation: 'suspended' },
    };
    expect(ofAgenda(suspended)).toEqual([
      { field: '/participations/AM/participation', from: 'participating', to: 'suspended' },
    ]);
  });

  it('nothing, where it changed nothing', () => {
    const unknown = { type: 'Unheard', data: {} } as unknown as PriorityEvent;
    expect(history(priorityDecider, [unknown])).toEqual([{ event: unknown, changes: [] }]);
    expect(ofPriority(unknown)).toEqual([]);
  });
});

describe('The changes between two states', () => {
  it('escape what a JSON Pointer must', () => {
    expect(changesBetween({ 'a/b~c': 1 }, { 'a/b~c': 2 })).toEqual([{ field: '/a~1b~0c', from: 1, to: 2 }]);
  });
  it('are told where a value turns into a record', () => {
    expect(changesBetween({ a: 1 }, { a: { b: 2 } })).toEqual([{ field: '/a', from: 1, to: { b: 2 } }]);
  });
  it('are none between a field that is absent and one that is undefined', () => {
    expect(changesBetween({ a: undefined }, {})).toEqual([]);
  });
});
