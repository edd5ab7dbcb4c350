import type { Event, EventMetadata } from '#domain/catalogue.js';
import { commitmentId, priorityId, streamOf } from '#domain/identifiers.js';
import type { NewEvent } from '#event-store/event-store.js';
import { DELIVERIES, GRADES } from '#domain/vocabulary.js';
import { derivedId } from '#platform/ids.js';

export type Entry = { readonly stream: string; readonly event: NewEvent };

const STATES = ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'];
const BODIES = ['secretariat', 'skb', 'kssb', 'kssb-ct-experts', 'ksopn', 'sg-peacekeeping', 'collective-forces', 'un', 'cis'];
const QUARTERS = [1, 2, 3, 4];
const DECISION = { body: 'skb', date: '2024-01-25', number: '7', paragraph: '2' };
const NARRATIVE = 'За отчётный период проведены согласованные мероприятия, обмен сведениями между ведомствами налажен и продолжается. ';

const localised = (subject: string) => ({
  ru: `Развитие взаимодействия по направлению ${subject}, включая завершение правовой базы и подготовку кадров`,
  kk: `${subject} бағыты бойынша өзара іс-қимылды дамыту, құқықтық базаны аяқтау`,
  en: `Developing cooperation on ${subject}, completing its legal framework and training`,
});

/**
 * What one chairmanship after another writes: agendas of 7 × 15 commitments, carried by bodies, reported on by six states
 * every quarter, with returns, corrections and acceptances. The same log each time; about 6,700 events to an agenda.
 */
export function* agendaLog(): Generator<Entry> {
  let count = 0;
  const entry = (stream: string, { type, data }: Event, occurredOn: string): Entry => {
    count += 1;
    const commandId = derivedId('6f1f7f0a-2c64-4c55-9f0e-6a1f2f9f7a10', String(count));
    const metadata: EventMetadata = {
      schemaVersion: 1,
      occurredOn,
      actor: { subject: 'talgat.k', role: 'liaison', state: 'KZ' },
      correlationId: commandId,
      causationId: commandId,
      commandId,
      commandDigest: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    };
    return {
      stream,
      event: { id: derivedId(commandId, '0'), type, data: data, metadata: metadata },
    };
  };

  for (const body of BODIES) {
    const names = localised(body);
    yield entry(streamOf.body(body), { type: 'BodyRegistered', data: { bodyId: body, names, kind: 'committee' } }, '2024-01-01');
  }
  for (let number = 1; ; number += 1) yield* oneAgenda(`csto-${number}`, entry);
}

type Enter = (stream: string, event: Event, occurredOn: string) => Entry;

function* oneAgenda(agendaId: string, entry: Enter): Generator<Entry> {
  yield entry(
    streamOf.agenda(agendaId),
    {
      type: 'AgendaOpened',
      data: {
        agendaId,
        organisation: 'CSTO',
        chair: 'KZ',
        title: localised(agendaId),
        term: { from: '2024-01-01', to: '2024-12-31' },
        memberStates: STATES,
        reportingPeriods: QUARTERS.map((q) => ({ id: `2024-Q${q}`, from: `2024-0${q}-01`, to: `2024-0${q}-28`, due: `2024-0${q + 1}-15` })),
      },
    },
    '2024-01-01',
  );
  const commitments: string[] = [];
  for (let p = 1; p <= 7; p += 1) {
    const priority = priorityId(agendaId, p);
    const stream = streamOf.priority(priority);
    const title = localised(priority);
    yield entry(stream, { type: 'PriorityProposed', data: { priorityId: priority, agendaId, number: p, title, summary: title } }, '2024-01-02');
    yield entry(stream, { type: 'PriorityAgreed', data: { priorityId: priority, decision: DECISION } }, '2024-01-25');
    yield entry(stream, { type: 'PriorityAssigned', data: { priorityId: priority, body: BODIES[p]!, role: 'lead' } }, '2024-01-26');
    for (let c = 1; c <= 15; c += 1) {
      commitments.push(commitmentId(priority, c));
      yield* agreedCommitment(agendaId, priority, c, entry);
    }
  }
  for (const quarter of QUARTERS) {
    for (const [index, subject] of commitments.entries()) {
      for (const [s, state] of STATES.entries()) yield* report(agendaId, subject, state, quarter, index * 7 + s, entry);
      yield* review(subject, quarter, index, entry);
    }
  }
  yield entry(streamOf.agenda(agendaId), { type: 'AgendaClosed', data: { agendaId, decision: DECISION } }, '2024-12-31');
}

function* agreedCommitment(agendaId: string, priority: string, number: number, entry: Enter): Generator<Entry> {
  const id = commitmentId(priority, number);
  const stream = streamOf.commitment(id);
  const text = localised(id);
  const due = '2024-10-01';
  yield entry(stream, { type: 'CommitmentProposed', data: { commitmentId: id, priorityId: priority, agendaId, number, text, due } }, '2024-01-03');
  yield entry(stream, { type: 'CommitmentAgreed', data: { commitmentId: id, decision: DECISION } }, '2024-01-25');
  yield entry(stream, { type: 'CommitmentAssigned', data: { commitmentId: id, body: BODIES[number % 9]!, role: 'lead' } }, '2024-01-26');
  yield entry(stream, { type: 'CommitmentAssigned', data: { commitmentId: id, body: BODIES[(number + 1) % 9]!, role: 'supporting' } }, '2024-01-26');
  yield entry(stream, { type: 'MilestoneSet', data: { commitmentId: id, milestoneId: 'draft', title: text, due: '2024-06-01' } }, '2024-01-27');
}

function* report(agendaId: string, subject: string, state: string, quarter: number, seed: number, entry: Enter): Generator<Entry> {
  const reportId = derivedId('6f1f7f0a-2c64-4c55-9f0e-6a1f2f9f7a11', `${subject} ${state} ${quarter}`);
  const stream = streamOf.report(reportId);
  const place = { reportId, agendaId, subject, reporter: { state }, period: `2024-Q${quarter}` };
  const submission = {
    ...place,
    delivery: DELIVERIES[seed % DELIVERIES.length]!,
    percent: (seed * 13) % 101,
    narrative: NARRATIVE.repeat(1 + (seed % 3)),
    language: 'ru' as const,
    evidence: [{ title: 'Протокол', url: 'https://example.org/protocol.pdf' }],
    textVersion: 0,
    submittedBy: 'talgat.k',
  };
  const on = `2024-0${quarter + 1}-10`;
  yield entry(stream, { type: 'ProgressReported', data: submission }, on);
  if (seed % 5 === 0) {
    yield entry(stream, { type: 'ReportReturned', data: { ...place, reason: 'Не указаны подтверждающие документы.' } }, on);
    yield entry(stream, { type: 'ReportCorrected', data: submission }, on);
  }
  if (seed % 10 !== 3) yield entry(stream, { type: 'ReportAccepted', data: { ...place, textVersion: 0 } }, on);
}

/** What the chair and the Secretariat do with a commitment between two quarters. */
function* review(id: string, quarter: number, index: number, entry: Enter): Generator<Entry> {
  const stream = streamOf.commitment(id);
  const on = `2024-0${quarter + 1}-20`;
  if (quarter === 2) yield entry(stream, { type: 'MilestoneReached', data: { commitmentId: id, milestoneId: 'draft' } }, on);
  if (quarter === 3 && index % 3 === 0) {
    yield entry(stream, { type: 'CommitmentRescheduled', data: { commitmentId: id, due: '2024-12-01', reason: 'По решению сторон.' } }, on);
  }
  const grade = GRADES[(index + quarter) % GRADES.length]!;
  yield entry(stream, { type: 'CommitmentAssessed', data: { commitmentId: id, grade, rationale: NARRATIVE, rubricVersion: '2024.1' } }, on);
  if (quarter === 4) yield entry(stream, { type: 'CommitmentClosed', data: { commitmentId: id, outcome: 'fulfilled', decision: DECISION } }, on);
}
