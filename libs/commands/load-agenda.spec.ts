import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { parseAgendaFile } from './agenda-file/parse.js';
import { agendaSteps, type Step } from './agenda-file/steps.js';
import type { CommandService } from './command-service.js';
import { holdsNothingElse, loadAgenda, streamsOf, type Loaded } from './load-agenda.js';
import { rehearsalLog } from './rehearsal-log.js';
import { commandsOn } from './standalone.js';

const FILE = 'agendas/csto-2024.yaml';
const TEXT = readFileSync(FILE, 'utf8');
const stepsOf = (text: string): readonly Step[] => agendaSteps(parseAgendaFile(text, FILE));
const steps = stepsOf(TEXT);
const clock = () => new Date('2024-01-01T00:00:00Z');
/** Loading uses no idempotency keys: its command ids are its own. */
const keys = { claim: () => Promise.reject(new Error('unused')), keep: () => Promise.reject(new Error('unused')) };

describe('loading an agenda', () => {
  let store: EventStore;
  let commands: CommandService;
  beforeEach(async () => {
    store = inMemoryEventStore({ clock });
    commands = await commandsOn({ store, keys, clock });
  });

  const load = async (some: readonly Step[] = steps, through = commands) => {
    const loaded: Loaded[] = [];
    for await (const one of loadAgenda(through, some, 'a-load')) loaded.push(one);
    return Map.groupBy(loaded, ({ outcome }) => outcome);
  };

  it('records every step, in order', async () => {
    expect((await load()).get('recorded')).toHaveLength(steps.length);
    const types = (await store.readAll('0', 1_000)).map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['BodyRegistered', 'BodyRegistered']);
    expect(types.filter((type) => type === 'PriorityProposed')).toHaveLength(7);
  });

  it('changes nothing the second time, also when the agenda has moved on', async () => {
    await load();
    const amend = { type: 'AmendPriority', data: { priorityId: 'csto-2024.1', title: { ru: 'Иначе' } } } as const;
    await commands.issue(amend, { actor: { subject: 'c', role: 'chair' }, commandId: 'c0ffee00-0000-4000-8000-000000000000', correlationId: 'x' });
    const head = await store.head();
    expect([...(await load()).keys()]).toEqual(['unchanged']);
    expect(await store.head()).toBe(head);
  });

  it('is finished by the next load where it was cut off, when nobody else has acted', async () => {
    expect(await holdsNothingElse(store, steps)).toBe(true);
    await load(steps.slice(0, 20));
    expect(await holdsNothingElse(store, steps)).toBe(true);
    const outcomes = await load();
    expect([outcomes.get('unchanged')?.length, outcomes.get('recorded')?.length]).toEqual([20, steps.length - 20]);
  });

  it('is left alone once anybody has acted', async () => {
    await load();
    const register = { type: 'RegisterBody', data: { bodyId: 'other', names: { ru: 'Другой' }, kind: 'council' } } as const;
    await commands.issue(register, { actor: { subject: 's', role: 'secretariat' }, commandId: 'c0ffee00-0000-4000-8000-000000000001', correlationId: 'x' });
    expect(await holdsNothingElse(store, steps)).toBe(false);
  });

  it('tells what stands otherwise than the file has it, and leaves it', async () => {
    await load();
    const head = await store.head();
    const edited = stepsOf(TEXT.replace('due: 2024-04-20', 'due: 2024-04-25'));
    expect((await load(edited)).get('differs')?.map(({ step }) => step.command.type)).toEqual(['OpenAgenda']);
    expect(await store.head()).toBe(head);
  });

  it('can be rehearsed on a copy of what the log holds, and then records nothing', async () => {
    await load(steps.slice(0, 20));
    const copy = await rehearsalLog(store, streamsOf(steps), clock);
    const outcomes = await load(steps, await commandsOn({ store: copy, keys, clock }));
    expect([outcomes.get('unchanged')?.length, outcomes.get('recorded')?.length]).toEqual([20, steps.length - 20]);
    expect(await store.head()).toBe('20');
  });
});
