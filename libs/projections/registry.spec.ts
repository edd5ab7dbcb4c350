import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, type Event } from '#domain/catalogue.js';
import type { RecordedEvent } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { agenda, memberState } from './agendas.js';
import { body } from './bodies.js';
import { openBuild } from './build.js';
import { decodeAll } from './decoded.js';
import { moments } from './moments.js';
import { livePlace } from './places.js';
import { recordedEvent } from './recorded-events.js';
import { projectionsOn, registry } from './registry.js';
import { report, reportContent } from './reports.js';
import { readDatabase, rowsAt, type ReadDatabase } from './testing/read-database.js';
import { assignment, commitment, milestone, priority } from './work-tables.js';

const ru = (text: string) => ({ ru: text });
const decision = { body: 'skb', date: '2024-01-25' };
const id = 'csto-2024.2.1';
const place = { agendaId: 'csto-2024', subject: id, reporter: { state: 'KG' }, period: '2024-Q1' };
const said = { delivery: 'on-track', narrative: 'Идёт', language: 'ru', textVersion: 0, submittedBy: 'kg' } as const;
const [first, second] = ['0190d3a0-0000-7000-8000-000000000001', '0190d3a0-0000-7000-8000-000000000002'];

/** Also those of a log that cannot find an event by its id. */
const { readEvent: _, ...withoutIndex } = inMemoryEventStore();
const everyProjection = projectionsOn(withoutIndex);

/** The position of each is its place here, from 1 on; it occurred on that day of March. */
const STORY: readonly Event[] = [
  { type: 'BodyRegistered', data: { bodyId: 'ksopn', names: ru('КСОПН'), kind: 'council' } },
  {
    type: 'AgendaOpened',
    data: {
      agendaId: 'csto-2024',
      organisation: 'csto',
      chair: 'KZ',
      title: ru('Приоритеты'),
      term: { from: '2024-01-01', to: '2024-12-31' },
      memberStates: ['AM', 'KG'],
      reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-15' }],
    },
  },
  { type: 'PriorityProposed', data: { priorityId: 'csto-2024.2', agendaId: 'csto-2024', number: 2, title: ru('Военное'), summary: ru('Кратко') } },
  { type: 'PriorityAmended', data: { priorityId: 'csto-2024.2', summary: null } },
  { type: 'PriorityAmended', data: { priorityId: 'csto-2024.2', source: 'Речь' } },
  { type: 'CommitmentProposed', data: { commitmentId: id, priorityId: 'csto-2024.2', agendaId: 'csto-2024', number: 1, text: ru('База') } },
  { type: 'CommitmentAgreed', data: { commitmentId: id, decision } },
  { type: 'CommitmentRescheduled', data: { commitmentId: id, due: '2024-06-01', reason: 'Так решено' } },
  { type: 'CommitmentRescheduled', data: { commitmentId: id, due: '2024-07-01', reason: 'Так решено' } },
  { type: 'CommitmentAssigned', data: { commitmentId: id, body: 'ksopn', role: 'supporting' } },
  { type: 'CommitmentAssigned', data: { commitmentId: id, body: 'ksopn', role: 'lead' } },
  { type: 'CommitmentUnassigned', data: { commitmentId: id, body: 'ksopn' } },
  { type: 'MilestoneSet', data: { commitmentId: id, milestoneId: 'm', title: ru('Проект'), due: '2024-05-01' } },
  { type: 'MilestoneReached', data: { commitmentId: id, milestoneId: 'm' } },
  { type: 'MilestoneSet', data: { commitmentId: id, milestoneId: 'm', title: ru('Проект 2'), due: '2024-05-02' } },
  { type: 'ProgressReported', data: { ...place, ...said, reportId: first } },
  { type: 'ReportReturned', data: { ...place, reportId: first, reason: 'Неполно' } },
  { type: 'ReportCorrected', data: { ...place, ...said, reportId: first, percent: 40 } },
  { type: 'ProgressReported', data: { ...place, ...said, reportId: second, percent: 60 } },
  { type: 'ReportAccepted', data: { ...place, reportId: first, textVersion: 0 } },
  { type: 'ReportAccepted', data: { ...place, reportId: second, textVersion: 0, comment: 'Хорошо' } },
  { type: 'CommitmentCarriedOver', data: { commitmentId: id, to: 'csto-2025.1.1', decision, reason: 'Не успели' } },
  { type: 'CommitmentReopened', data: { commitmentId: id, decision } },
  { type: 'ParticipationRecorded', data: { agendaId: 'csto-2024', state: 'AM', participation: 'suspended', note: ru('Пауза') } },
  { type: 'ParticipationRecorded', data: { agendaId: 'csto-2024', state: 'XX', participation: 'suspended' } },
  { type: 'BodyRetired', data: { bodyId: 'ksopn' } },
  { type: 'AgendaClosed', data: { agendaId: 'csto-2024', decision } },
];

const recorded = ({ type, data }: Event, index: number): RecordedEvent => ({
  id: `0190d3a0-0000-7000-9000-${String(index).padStart(12, '0')}`,
  type,
  data,
  metadata: { schemaVersion: 1, occurredOn: day(index + 1), actor: { subject: 'someone', role: 'secretariat' } },
  stream: 'one',
  revision: index,
  position: String(index + 1),
  recordedAt: `2024-03-01T10:00:${String(index).padStart(2, '0')}.000Z`,
});
const day = (position: number): string => `2024-03-${String(position).padStart(2, '0')}`;

describe('the read tables', () => {
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await readDatabase();
    const options = { patience: { first: 1, longest: 1 }, signal: new AbortController().signal, rows: 100 };
    for (const projection of everyProjection) {
      const build = openBuild(database.db, projection, await livePlace(database.db, projection), options);
      await build.take(decodeAll(STORY.map(recorded)));
      await build.written();
    }
  });
  afterAll(() => database.close());

  const at = (position: number, table: Parameters<typeof rowsAt>[1]) => rowsAt(database.db, table, String(position));

  it('take every type of event that the domain knows', () => {
    const handled = new Set(registry.filter((one) => one !== moments).flatMap(({ on }) => Object.keys(on)));
    expect([...handled].sort()).toEqual(EVENT_TYPES.toSorted());
  });

  it('are each of one projection alone', () => {
    const names = everyProjection.flatMap(({ tables }) => tables.map(({ name }) => name));
    expect(names).toEqual([...new Set(names)]);
  });

  it('know where each event stands from its position on', async () => {
    const rows = await at(2, recordedEvent);
    expect(rows).toMatchObject([{ stream: 'one', revision: 0 }, { stream: 'one', revision: 1 }]);
  });

  it('count as amendments of the text only those of title or summary', async () => {
    expect(await at(3, priority)).toMatchObject([{ summary: ru('Кратко'), text_version: 0, source: null }]);
    expect(await at(4, priority)).toMatchObject([{ summary: null, text_version: 1, revision: 3 }]);
    expect(await at(5, priority)).toMatchObject([{ title: ru('Военное'), text_version: 1, source: 'Речь', revision: 4 }]);
  });

  it('keep the first due date beside the one that holds', async () => {
    expect(await at(7, commitment)).toMatchObject([{ due: null, original_due: null, lifecycle: 'agreed', decision }]);
    expect(await at(9, commitment)).toMatchObject([{ due: '2024-07-01', original_due: '2024-06-01' }]);
  });

  it('know since when a body carries work, in its latest role, until it is unassigned', async () => {
    expect(await at(11, assignment)).toEqual([{ subject: id, body: 'ksopn', role: 'lead', agenda: 'csto-2024', since: day(10) }]);
    expect(await at(12, assignment)).toEqual([]);
  });

  it('keep a milestone reached that is set anew', async () => {
    expect(await at(15, milestone)).toMatchObject([{ title: ru('Проект 2'), due: '2024-05-02', reached_on: day(14) }]);
  });

  it('follow a report through return, correction and acceptance', async () => {
    expect(await at(17, report)).toMatchObject([{ status: 'returned', returned_reason: 'Неполно', reviewed_by: 'someone' }]);
    expect(await at(18, report)).toMatchObject([
      { status: 'submitted', returned_reason: null, reviewed_by: null, percent: 40, reported_on: day(18), first_reported_on: day(16) },
    ]);
    expect(await at(21, report)).toMatchObject([{ status: 'accepted' }, { status: 'accepted', accepted_comment: 'Хорошо' }]);
  });

  it('keep what a report says apart, as it was last submitted', async () => {
    expect(await at(16, reportContent)).toMatchObject([{ narrative: 'Идёт', language: 'ru', obstacles: null, evidence: [], submitted_by: 'kg' }]);
    expect(await at(21, reportContent)).toHaveLength(2);
  });

  it('know where a commitment was carried to, until it is reopened', async () => {
    expect(await at(22, commitment)).toMatchObject([{ lifecycle: 'carried-over', carried_over_to: 'csto-2025.1.1', reason: 'Не успели' }]);
    expect(await at(23, commitment)).toMatchObject([{ lifecycle: 'agreed', carried_over_to: null, reason: null }]);
  });

  it('hold member states, bodies and agendas as they are at the end, and nothing of a state that is no member', async () => {
    const end = STORY.length;
    expect(await at(end, memberState)).toMatchObject([
      { state: 'AM', ordinal: 0, participation: 'suspended', note: ru('Пауза') },
      { state: 'KG', ordinal: 1, participation: 'participating', note: null },
    ]);
    expect(await at(end, body)).toMatchObject([{ id: 'ksopn', retired: true, retired_on: day(26) }]);
    expect(await at(end, agenda)).toMatchObject([{ lifecycle: 'closed', closed_on: day(27), closed_decision: decision }]);
    expect(await at(end - 1, agenda)).toMatchObject([{ lifecycle: 'open', closed_on: null }]);
  });
});
