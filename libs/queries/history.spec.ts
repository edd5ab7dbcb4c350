import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT_TYPES, type Event } from '#domain/catalogue.js';
import { EVENT_LABELS } from '#domain/labels/event-types.js';
import type { Actor } from '#domain/values.js';
import { LANGUAGES } from '#domain/vocabulary.js';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { randomId } from '#platform/ids.js';
import { fieldText, inWords } from './history-words.js';
import { readHistory, type HistoryFilter } from './history.js';

const chair: Actor = { subject: 'chair', role: 'chair' };
const secretariat: Actor = { subject: 'secretary', role: 'secretariat' };
const kyrgyzstan: Actor = { subject: 'liaison-kg', role: 'liaison', state: 'KG' };
const decision = { body: 'skb', date: '2024-01-15', number: '1', paragraph: '3' };
const C = 'csto-2024.2.1';
const place = { reportId: 'r1', agendaId: 'csto-2024', subject: C, reporter: { state: 'KG' }, period: '2024-Q1' };
const said = { delivery: 'on-track', percent: 40, narrative: 'Проект согласован', language: 'ru', submittedBy: 'liaison-kg' } as const;

describe('the history of a thing', () => {
  let store: EventStore;
  let time: Date;
  beforeEach(async () => {
    time = new Date('2024-02-01T00:00:00Z');
    store = inMemoryEventStore({ clock: () => time });
    const commitment = { commitmentId: C, priorityId: 'csto-2024.2', agendaId: 'csto-2024', number: 1, text: { ru: 'Старый текст' }, due: '2024-11-30' };
    await happen(`commitment-${C}`, chair, { type: 'CommitmentProposed', data: commitment });
    await happen(`commitment-${C}`, secretariat, { type: 'CommitmentAgreed', data: { commitmentId: C, decision } });
    await happen('report-r1', kyrgyzstan, { type: 'ProgressReported', data: { ...place, ...said, textVersion: 0 } });
    await happen('report-r1', secretariat, { type: 'ReportReturned', data: { ...place, reason: 'Уточните' } });
    await happen('report-r1', kyrgyzstan, { type: 'ReportCorrected', data: { ...place, ...said, percent: 45, textVersion: 0 } });
    await happen('report-r1', secretariat, { type: 'ReportAccepted', data: { ...place, textVersion: 0 } });
    await happen(`commitment-${C}`, chair, { type: 'CommitmentRescheduled', data: { commitmentId: C, due: '2024-12-15', reason: 'Стороны просили' } });
    await happen(`commitment-${C}`, chair, { type: 'CommitmentAmended', data: { commitmentId: C, text: { ru: 'Новый текст' } } });
    await happen('report-r1', kyrgyzstan, { type: 'ReportCorrected', data: { ...place, ...said, percent: 50, textVersion: 1 } });
  });

  async function happen(stream: string, actor: Actor, { type, data }: Event) {
    time = new Date(time.getTime() + 86_400_000);
    const metadata = { schemaVersion: 1, occurredOn: '2024-02-01', actor, correlationId: 'c', causationId: 'c', commandId: 'c', commandDigest: 'd' };
    await store.append(stream, [{ id: randomId(), type, data, metadata }], 'any');
  }

  const about = (subject: string) => Promise.resolve(subject === C ? ['r1'] : []);
  const historyOf = (kind: 'commitment' | 'report', id: string, filter: HistoryFilter & { after?: string; limit?: number } = {}, upTo = '9') =>
    readHistory({ store, reportsOn: about }, kind, id, upTo, filter);
  const types = (items: readonly { type: string }[]) => items.map(({ type }) => type);

  it('tells of a report its submission, return, correction, acceptance, and by what the acceptance lapsed', async () => {
    const items = await historyOf('report', 'r1');
    expect(types(items)).toEqual(['ProgressReported', 'ReportReturned', 'ReportCorrected', 'ReportAccepted', 'CommitmentAmended', 'ReportCorrected']);
    expect(items[1]).toMatchObject({ reason: 'Уточните', changes: expect.arrayContaining([{ field: '/status', from: 'submitted', to: 'returned' }]) });
    expect(items[2]!.changes).toEqual(expect.arrayContaining([{ field: '/percent', from: 40, to: 45 }, { field: '/returnReason', from: 'Уточните', to: null }]));
    expect(items[4]).toMatchObject({ thing: { kind: 'commitment', id: C }, actor: chair, changes: [{ field: '/lapsed', from: null, to: true }] });
    expect(items[5]!.changes).toEqual(expect.arrayContaining([{ field: '/lapsed', from: true, to: null }]));
  });

  it('tells of a commitment whose acceptances an amendment of its text lapsed', async () => {
    const items = await historyOf('commitment', C);
    expect(types(items)).toEqual(['CommitmentProposed', 'CommitmentAgreed', 'CommitmentRescheduled', 'CommitmentAmended']);
    expect(items[3]).toMatchObject({ lapsed: [{ report: 'r1', reporter: { state: 'KG' }, period: '2024-Q1' }] });
    expect(items[2]).toMatchObject({ reason: 'Стороны просили', changes: [{ field: '/due', from: '2024-11-30', to: '2024-12-15' }] });
    expect(items.slice(0, 3).every(({ lapsed }) => lapsed === undefined)).toBe(true);
  });

  it('lapses an acceptance from its very beginning where it came after the amendment that it did not know of', async () => {
    await happen('report-r1', secretariat, { type: 'ReportAccepted', data: { ...place, textVersion: 1 } });
    await happen(`commitment-${C}`, chair, { type: 'CommitmentAmended', data: { commitmentId: C, source: 'x' } });
    expect(types(await historyOf('report', 'r1', {}, '99')).slice(-1)).toEqual(['ReportAccepted']);
    await happen('report-r2', kyrgyzstan, { type: 'ProgressReported', data: { ...place, reportId: 'r2', ...said, textVersion: 0 } });
    await happen('report-r2', secretariat, { type: 'ReportAccepted', data: { ...place, reportId: 'r2', textVersion: 0 } });
    const [, accepted, ...more] = await historyOf('report', 'r2', {}, '99');
    expect([accepted!.changes, more]).toEqual([expect.arrayContaining([{ field: '/lapsed', from: null, to: true }]), []]);
  });

  it('knows at an earlier position nothing of what came after it', async () => {
    expect(types(await historyOf('report', 'r1', {}, '6'))).toEqual(['ProgressReported', 'ReportReturned', 'ReportCorrected', 'ReportAccepted']);
    expect((await historyOf('commitment', C, {}, '7')).map(({ position }) => position)).toEqual(['1', '2', '7']);
  });

  it.each<[HistoryFilter & { after?: string; limit?: number }, string[]]>([
    [{ actor: 'liaison-kg' }, ['3', '5', '9']],
    [{ type: 'ReportAccepted' }, ['6']],
    [{ from: { position: '5' }, to: { position: '8' } }, ['5', '6', '8']],
    [{ from: { time: new Date('2024-02-06T00:00:00Z') } }, ['5', '6', '8', '9']],
    [{ to: { time: new Date('2024-02-06T00:00:00Z') } }, ['3', '4', '5']],
    [{ limit: 2 }, ['3', '4']],
    [{ after: '4', limit: 2 }, ['5', '6']],
    [{ actor: 'liaison-kg', after: '3', limit: 1 }, ['5']],
  ])('gives of it what is asked for: %j', async (filter, positions) => {
    expect((await historyOf('report', 'r1', filter)).map(({ position }) => position)).toEqual(positions);
  });

  it('is told in the reader’s language, beside what it says to machines', async () => {
    const [, agreed, rescheduled] = await historyOf('commitment', C);
    expect(inWords(agreed!, 'ru')).toMatchObject({
      type: 'CommitmentAgreed',
      label: 'Обязательство согласовано',
      by: 'Секретариат',
      summary: 'Обязательство согласовано — состояние: предложено → согласовано; решение skb от 2024-01-15, № 1, п. 3',
      changes: expect.arrayContaining([
        { field: '/lifecycle', label: 'состояние', from: 'proposed', to: 'agreed', fromText: 'предложено', toText: 'согласовано' },
        { field: '/agreement/number', label: 'согласование · номер', from: null, to: '1' },
      ]),
    });
    expect(inWords(rescheduled!, 'en').summary).toBe('Commitment rescheduled — due: 2024-11-30 → 2024-12-15; reason: Стороны просили');
    const [reported, , , , lapsed] = await historyOf('report', 'r1');
    expect(inWords(reported!, 'kk')).toMatchObject({ by: 'Мемлекет өкілі, Қырғызстан', summary: expect.stringContaining('орындалу барысы: жоспар бойынша') });
    expect(inWords(lapsed!, 'ru').summary).toBe('Обязательство изменено — принятие утратило силу: да');
  });

  it('names what stands in maps and texts by what it is', () => {
    expect(fieldText('/assignments/ksopn', 'en')).toBe('carried by · ksopn');
    expect(fieldText('/title/kk', 'ru')).toBe('название (казахский)');
    expect(fieldText('/participations/KG/participation', 'ru')).toBe('государство · Киргизия · участие');
    expect(fieldText('/milestones/due/due', 'en')).toBe('milestone · due · due');
  });

  it('has a heading of its own for every event in every language', () => {
    for (const language of LANGUAGES) expect(new Set(EVENT_TYPES.map((type) => EVENT_LABELS[type][language])).size).toBe(EVENT_TYPES.length);
  });
});
