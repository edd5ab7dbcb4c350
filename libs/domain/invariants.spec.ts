import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agendaDecider } from './agenda/decider.js';
import { bodyDecider } from './body/decider.js';
import { decode, EVENT_TYPES, type Event } from './catalogue.js';
import { commitmentDecider } from './commitment/decider.js';
import type { DomainEvent } from './decider.js';
import { equal } from './equality.js';
import { editionDecider } from './edition/decider.js';
import { fold } from './fold.js';
import { agendaOf, priorityOf } from './identifiers.js';
import { priorityDecider } from './priority/decider.js';
import { reportDecider } from './report/decider.js';
import { commandSequences } from './testing/arbitrary-commands.js';
import {
  agendaIn,
  answerTo,
  bodyIn,
  commitmentIn,
  editionIn,
  play,
  priorityIn,
  reportIn,
  type Step,
  type World,
} from './testing/world.js';

const DECIDERS = {
  agenda: agendaDecider,
  body: bodyDecider,
  priority: priorityDecider,
  commitment: commitmentDecider,
  report: reportDecider,
  edition: editionDecider,
};
type Fold = { readonly initial: unknown; readonly evolve: (state: unknown, event: DomainEvent) => unknown };
const folds = Object.values(DECIDERS) as Fold[];
const kindOf = (stream: string) => stream.slice(0, stream.indexOf('-')) as keyof typeof DECIDERS;
const foldOf = (stream: string) => DECIDERS[kindOf(stream)] as Fold;

const always = (holds: (step: Step) => void) =>
  fc.assert(
    fc.property(commandSequences, (asked) => play(asked).forEach(holds)),
    { numRuns: 200 },
  );
const everyEvent = (holds: (event: Event, step: Step) => void) =>
  always((step) => step.events.forEach((event) => holds(event, step)));

/** Whose place a thing has: its agenda, and the priority that it is or is under. */
function placeOf({ data }: Event, world: World) {
  const ids = data as { commitmentId?: string; priorityId?: string; subject?: string };
  const id = ids.commitmentId ?? ids.priorityId ?? ids.subject;
  return id === undefined ? {} : { agenda: agendaIn(world, agendaOf(id)), priority: priorityIn(world, priorityOf(id)) };
}

describe('Whatever is asked, in whatever order,', () => {
  it('the random commands bring about every event there is', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(commandSequences, (asked) =>
        play(asked)
          .flatMap(({ events }) => events)
          .forEach(({ type }) => void seen.add(type)),
      ),
      { numRuns: 500, seed: 2024 },
    );
    expect([...seen].sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('a lifecycle moves only along its edges', () => {
    const ENDS = ['fulfilled', 'partly-fulfilled', 'not-fulfilled', 'carried-over'];
    const EDGES: Record<string, readonly string[]> = {
      agenda: ['open → closed'],
      body: ['active → retired'],
      priority: ['proposed → agreed', 'proposed → withdrawn', 'agreed → withdrawn'],
      commitment: ENDS.flatMap((end) => [`agreed → ${end}`, `${end} → agreed`]).concat(
        ['proposed → agreed', 'agreed → suspended', 'suspended → agreed'],
        ['proposed → withdrawn', 'agreed → withdrawn', 'suspended → withdrawn'],
      ),
      // From accepted only after the acceptance lapsed.
      report: ['submitted → returned', 'returned → submitted', 'submitted → accepted'].concat([
        'accepted → returned',
        'accepted → submitted',
      ]),
    };
    always(({ stream, before, after }) => {
      const lifecycleIn = (world: World) => {
        const state = fold(foldOf(stream), world.get(stream) ?? []) as
          { lifecycle?: string; status?: string } | undefined;
        return state?.status ?? state?.lifecycle;
      };
      const [from, to] = [lifecycleIn(before), lifecycleIn(after)];
      if (from !== to && from !== undefined) expect(EDGES[kindOf(stream)]).toContain(`${from} → ${to}`);
    });
  });

  it('an acceptance is undone only after it lapsed', () =>
    everyEvent(({ type, data }, { before }) => {
      if (type !== 'ReportCorrected' && type !== 'ReportReturned') return;
      const report = reportIn(before, data.reportId)!;
      const subject = commitmentIn(before, data.subject) ?? priorityIn(before, data.subject);
      if (report.status === 'accepted') expect(report.textVersion).toBeLessThan(subject!.textVersion);
    }));

  it('work is assigned only to a body that is registered and not retired', () =>
    everyEvent(({ type, data }, { before }) => {
      if (type === 'PriorityAssigned' || type === 'CommitmentAssigned')
        expect(bodyIn(before, data.body)?.lifecycle).toBe('active');
    }));

  it('nothing happens under a closed agenda', () =>
    everyEvent((event, { before }) => expect(placeOf(event, before).agenda?.lifecycle).not.toBe('closed')));

  it('nothing happens to a withdrawn priority, nor under it', () =>
    everyEvent((event, { before }) => expect(placeOf(event, before).priority?.lifecycle).not.toBe('withdrawn')));

  it('nothing happens to a withdrawn commitment', () =>
    everyEvent(({ data }, { before }) => {
      if ('commitmentId' in data) expect(commitmentIn(before, data.commitmentId)?.lifecycle).not.toBe('withdrawn');
    }));

  it('an edition is answered only by those to whom it was sent, and in silence only by those who take part', () =>
    everyEvent(({ type, data }, { before }) => {
      if (type !== 'PositionStated' && type !== 'EditionAcknowledged') return;
      const edition = editionIn(before, data.editionId)!;
      expect(edition.recipients.has(data.state)).toBe(true);
      if (type === 'PositionStated')
        expect(agendaIn(before, edition.agendaId)?.participations.get(data.state)?.participation).toBe('participating');
    }));

  it('silence never overwrites what a state said', () =>
    everyEvent(({ type, data }, { before }) => {
      if (type !== 'PositionStated' || !data.bySilence) return;
      expect(editionIn(before, data.editionId)!.recipients.get(data.state)!.stated).toBeUndefined();
    }));

  it('nobody reviews what they submitted', () =>
    everyEvent(({ type, data }, { before, actor }) => {
      if (type !== 'ReportAccepted' && type !== 'ReportReturned') return;
      expect(reportIn(before, data.reportId)?.submitters).not.toContain(actor.subject);
    }));

  it('a state reports only as a member that takes part', () =>
    everyEvent(({ type, data }, { before }) => {
      if ((type !== 'ProgressReported' && type !== 'ReportCorrected') || !('state' in data.reporter)) return;
      const { participations } = agendaIn(before, data.agendaId)!;
      expect(participations.get(data.reporter.state)?.participation).toBe('participating');
    }));

  it('what is decided, decided again, is nothing new or exists already', () =>
    always(({ command, actor, now, events, after }) => {
      if (events.length === 0) return;
      const { answer } = answerTo({ command, actor, now }, after);
      expect(answer.events).toEqual([]);
      if (answer.rejection) expect(answer.rejection).toMatch(/_ALREADY_(OPENED|REGISTERED|PROPOSED|SUBMITTED|DISPATCHED)$/);
    }));

  it('every event changes its state, and says the same after a round trip through JSON and the catalogue', () =>
    everyEvent((event, { stream, before }) => {
      const { initial, evolve } = foldOf(stream);
      const state = (before.get(stream) ?? []).reduce(evolve, initial);
      const recorded = { ...(JSON.parse(JSON.stringify(event)) as Event), metadata: { schemaVersion: 1 } };
      const next = evolve(state, event);
      expect(equal(next, state)).toBe(false);
      expect(equal(evolve(state, decode(recorded)!), next)).toBe(true);
    }));
});

describe('Folding', () => {
  const lawful = commandSequences.map((asked) => [...(play(asked).at(-1)?.after.values() ?? [])].flat());
  /** Lawful events of all streams in one, some with a field that became anything at all. */
  const spoilt = fc.tuple(lawful, fc.array(fc.tuple(fc.nat(), fc.nat(), fc.anything()))).map(([events, spoilers]) => {
    const spoiling: unknown[] = structuredClone(events);
    for (const [which, field, value] of spoilers) {
      const event = spoiling[which % spoiling.length] as { data?: Record<string, unknown> } | undefined;
      const fields = Object.keys(event?.data ?? {});
      if (fields.length > 0) event!.data![fields[field % fields.length]!] = value;
    }
    return spoiling as DomainEvent[];
  });
  const garbage = fc.array(
    fc.oneof(
      fc.anything(),
      fc.record({ type: fc.constantFrom<string>(...EVENT_TYPES, 'toString', '__proto__'), data: fc.anything() }),
    ),
  ) as fc.Arbitrary<DomainEvent[]>;

  it('never throws, whatever the events', () =>
    fc.assert(
      fc.property(fc.oneof(garbage, spoilt), (events) =>
        folds.forEach(({ initial, evolve }) => void events.reduce(evolve, initial)),
      ),
      { numRuns: 1000 },
    ));

  it('passes over events that no release knows, and over data that is none', () =>
    fc.assert(
      fc.property(garbage, (events) => {
        for (const { initial, evolve } of folds) expect(events.reduce(evolve, initial)).toBe(initial);
      }),
      { numRuns: 1000 },
    ));
});
