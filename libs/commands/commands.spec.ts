import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { Pool } from 'pg';
import type { Command } from '#domain/commands.js';
import type { Actor } from '#domain/values.js';
import { WrongExpectedRevision } from '#event-store/errors.js';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { createPool } from '#platform/database.js';
import { migrate } from '#platform/migrate.js';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { commandIdOf, type CommandContext } from './command-context.js';
import { CommandService } from './command-service.js';
import { CommandsModule } from './commands.module.js';
import { postgresIdempotencyKeys } from './idempotency-keys.js';

const CHAIR: Actor = { subject: 'chair@kz', role: 'chair' };
const SECRETARIAT: Actor = { subject: 'secretary', role: 'secretariat' };
const NOW = new Date('2024-02-01T09:00:00Z');

const openAgenda: Command = {
  type: 'OpenAgenda',
  data: {
    agendaId: 'csto-2024',
    organisation: 'CSTO',
    chair: 'KZ',
    title: { ru: 'Повестка' },
    term: { from: '2024-01-01', to: '2024-12-31' },
    memberStates: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'],
    reportingPeriods: [{ id: '2024-Q1', from: '2024-01-01', to: '2024-03-31', due: '2024-04-20' }],
  },
};
const propose = (number: number, title = 'Военное сотрудничество'): Command => ({
  type: 'ProposePriority',
  data: { priorityId: `csto-2024.${number}`, agendaId: 'csto-2024', number, title: { ru: title } },
});
const amend = (title: string): Command => ({ type: 'AmendPriority', data: { priorityId: 'csto-2024.2', title: { ru: title } } });
const register = (bodyId: string): Command => ({ type: 'RegisterBody', data: { bodyId, names: { ru: bodyId }, kind: 'council' } });
const assign = (body: string): Command => ({ type: 'AssignPriority', data: { priorityId: 'csto-2024.2', body, role: 'lead' } });

describe('commands', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let store: EventStore;
  let commands: CommandService;

  beforeAll(async () => {
    database = await freshDatabase();
    await migrate(database.url, ['commands']);
    pool = createPool(database.url, { max: 4, applicationName: 'commands.spec' });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  beforeEach(async () => {
    store = inMemoryEventStore();
    commands = await serviceOn(store);
    await issue(openAgenda);
    await issue(propose(2));
  });

  async function serviceOn(log: EventStore): Promise<CommandService> {
    const keys = postgresIdempotencyKeys(pool);
    const module = await Test.createTestingModule({ imports: [CommandsModule.on({ store: log, clock: () => NOW, keys })] }).compile();
    await module.init();
    return module.get(CommandService);
  }

  function context(actor: Actor, more: Partial<CommandContext> = {}): CommandContext {
    const commandId = commandIdOf(actor, more.idempotencyKey);
    return { actor, commandId, correlationId: 'a-case', ...more };
  }
  const issue = (command: Command, more: Partial<CommandContext> = {}, actor = CHAIR) =>
    commands.issue(command, context(actor, more));
  const eventsOf = (stream: string) => store.readStream(stream, 0, 1_000);
  const freshKey = () => `key-${Math.random()}`;

  it('answers with the id, the revision and the position, and records who, when and under what', async () => {
    const answer = await issue(amend('Оборона'), { occurredOn: '2024-01-30', causationId: 'a-letter' });
    expect(answer).toMatchObject({ id: 'csto-2024.2', revision: 1, recorded: 1 });
    const [, amended] = await eventsOf('priority-csto-2024.2');
    expect(amended).toMatchObject({ type: 'PriorityAmended', position: answer.position });
    expect(amended!.metadata).toMatchObject({
      schemaVersion: 1,
      occurredOn: '2024-01-30',
      actor: CHAIR,
      correlationId: 'a-case',
      causationId: 'a-letter',
    });
  });

  it('records nothing for what the state says already, and answers where it stands', async () => {
    const first = await issue(amend('Оборона'));
    expect(await issue(amend('Оборона'))).toEqual({ ...first, recorded: 0 });
  });

  it('refuses a role that may not issue the command', async () => {
    await expect(issue(amend('x'), {}, SECRETARIAT)).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    await expect(issue(amend('x'), {}, { subject: 'a', role: 'auditor' })).rejects.toMatchObject({ code: 'ROLE_NOT_ALLOWED' });
    expect(await eventsOf('priority-csto-2024.2')).toHaveLength(1);
  });

  it('refuses what has not happened yet in any time zone', async () => {
    await expect(issue(amend('x'), { occurredOn: '2024-02-02' })).rejects.toMatchObject({
      code: 'OCCURRED_IN_FUTURE',
      field: '/occurredOn',
    });
    await expect(issue(amend('x'), { occurredOn: '2024-02-01' })).resolves.toMatchObject({ recorded: 1 });
  });

  it('refuses a body that is not registered or that is retired', async () => {
    await expect(issue(assign('ksopn'))).rejects.toMatchObject({ code: 'ASSIGNEE_UNKNOWN', field: '/body' });
    await issue(register('ksopn'), {}, SECRETARIAT);
    await issue({ type: 'RetireBody', data: { bodyId: 'ksopn' } }, {}, SECRETARIAT);
    await expect(issue(assign('ksopn'))).rejects.toMatchObject({ code: 'BODY_RETIRED' });
  });

  describe('in a race', () => {
    it('lets exactly one propose a number', async () => {
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => issue(propose(3, `Тема ${i}`))));
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'PRIORITY_ALREADY_PROPOSED' });
      }
      expect(await eventsOf('priority-csto-2024.3')).toHaveLength(1);
    });

    it('decides again on the fresh state, so that no assignment is lost', async () => {
      const bodies = Array.from({ length: 12 }, (_, i) => `body-${i}`);
      for (const body of bodies) await issue(register(body), {}, SECRETARIAT);
      await Promise.all(bodies.map((body) => issue(assign(body))));
      expect(await eventsOf('priority-csto-2024.2')).toHaveLength(1 + bodies.length);
    });

    it('carries out all that come at once, in the order in which they came', async () => {
      const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => issue(amend(`Тема ${n}`))));
      expect(answers.map(({ revision }) => revision)).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    });

    it('does not hold up the commands on one thing by those on another', async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      commands = await serviceOn({
        ...store,
        append: async (stream, events, expected) => {
          if (stream === 'priority-csto-2024.2') await held;
          return store.append(stream, events, expected);
        },
      });
      const waiting = issue(amend('Оборона'));
      await expect(issue(propose(3))).resolves.toMatchObject({ recorded: 1 });
      release();
      await expect(waiting).resolves.toMatchObject({ recorded: 1 });
    });

    it('gives up after a bounded number of conflicts and records nothing', async () => {
      const contended: EventStore = {
        ...store,
        append: (stream, _events, expected) => Promise.reject(new WrongExpectedRevision(stream, expected, 7)),
      };
      commands = await serviceOn(contended);
      await expect(issue(amend('x'))).rejects.toMatchObject({ name: 'TooMuchContention' });
    });
  });

  describe('with If-Match', () => {
    it('is carried out at the revision that was seen', async () => {
      expect(await issue(amend('Оборона'), { ifMatch: 0 })).toMatchObject({ revision: 1 });
      expect(await issue(amend('Мир'), { ifMatch: 'exists' })).toMatchObject({ revision: 2 });
    });

    it('is stale at any other revision, also where the conflict shows only on appending', async () => {
      await expect(issue(amend('x'), { ifMatch: 4 })).rejects.toMatchObject({ name: 'StaleRevision', actual: 0 });
      await expect(
        issue({ type: 'AmendPriority', data: { priorityId: 'csto-2024.9', title: { ru: 'x' } } }, { ifMatch: 'exists' }),
      ).rejects.toMatchObject({ name: 'StaleRevision', actual: -1 });
      const outcomes = await Promise.allSettled(['а', 'б', 'в'].map((title) => issue(amend(title), { ifMatch: 0 })));
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await eventsOf('priority-csto-2024.2')).toHaveLength(2);
    });
  });

  describe('with If-Match, on the report of another', () => {
    const reporting = { period: '2024-Q1', delivery: 'on-track', narrative: 'Идёт', language: 'ru' } as const;
    const reportId = '018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47';
    const liaison = (state: string): Actor => ({ subject: `liaison@${state}`, role: 'liaison', state });
    const correct = (narrative: string): Command => ({ type: 'CorrectReport', data: { reportId, ...reporting, narrative } });

    beforeEach(async () => {
      await issue({ type: 'ReportProgress', data: { reportId, subject: 'csto-2024.2', ...reporting } }, {}, liaison('KG'));
    });

    it('says only that it is another’s, whatever revision was named', async () => {
      for (const ifMatch of [0, 7, 'exists'] as const) {
        await expect(issue(correct('Чужое'), { ifMatch }, liaison('TJ'))).rejects.toMatchObject({ code: 'NOT_YOUR_REPORT' });
      }
      await issue({ type: 'CloseAgenda', data: { agendaId: 'csto-2024', decision: { body: 'СКБ', date: '2024-01-31' } } });
      await expect(issue(correct('Чужое'), { ifMatch: 7 }, liaison('TJ'))).rejects.toMatchObject({ code: 'NOT_YOUR_REPORT' });
    });

    it('is stale to its reporter before it is refused for any other reason', async () => {
      await expect(issue(correct('Своё'), { ifMatch: 7 }, liaison('KG'))).rejects.toMatchObject({ name: 'StaleRevision', actual: 0 });
      const other: Command = { type: 'CorrectReport', data: { reportId, ...reporting, period: '2024-Q2' } };
      await expect(issue(other, { ifMatch: 7 }, liaison('KG'))).rejects.toMatchObject({ name: 'StaleRevision', actual: 0 });
      await expect(issue(other, { ifMatch: 0 }, liaison('KG'))).rejects.toMatchObject({ code: 'REPORT_PERIOD_FIXED' });
    });
  });

  describe('with an idempotency key', () => {
    it('gives the first answer and one set of events, however often and whatever came between', async () => {
      const idempotencyKey = freshKey();
      const first = await issue(amend('Оборона'), { idempotencyKey });
      await issue(amend('Мир'));
      const { recorded, ...answer } = first;
      expect(recorded).toBe(1);
      expect(await issue(amend('Оборона'), { idempotencyKey })).toEqual({ ...answer, recorded: 0 });
      expect(await eventsOf('priority-csto-2024.2')).toHaveLength(3);
    });

    it('gives one set of events to many at once', async () => {
      const idempotencyKey = freshKey();
      const answers = await Promise.all(Array.from({ length: 10 }, () => issue(amend('Оборона'), { idempotencyKey })));
      expect(new Set(answers.map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
      expect(await eventsOf('priority-csto-2024.2')).toHaveLength(2);
    });

    it('gives the first answer of a command that recorded nothing', async () => {
      const idempotencyKey = freshKey();
      await issue(amend('Оборона'));
      const first = await issue(amend('Оборона'), { idempotencyKey });
      expect(first.recorded).toBe(0);
      await issue(amend('Мир'));
      expect(await issue(amend('Оборона'), { idempotencyKey })).toEqual(first);
    });

    it('refuses another command under the same key, on the same thing or another, also at once', async () => {
      const idempotencyKey = freshKey();
      await issue(amend('Оборона'), { idempotencyKey });
      for (const other of [amend('Мир'), propose(5)]) {
        await expect(issue(other, { idempotencyKey })).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
      }
      const shared = freshKey();
      const outcomes = await Promise.allSettled([propose(6), propose(7)].map((one) => issue(one, { idempotencyKey: shared })));
      expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    it('refuses another command under a command id that only the log remembers', async () => {
      const commandId = commandIdOf(CHAIR, undefined);
      await issue(amend('Оборона'), { commandId });
      await expect(issue(amend('Мир'), { commandId })).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
    });

    it('keeps the keys of different actors apart', async () => {
      const idempotencyKey = freshKey();
      await issue(amend('Оборона'), { idempotencyKey });
      const other: Actor = { subject: 'another@kz', role: 'chair' };
      await expect(issue(amend('Мир'), { idempotencyKey }, other)).resolves.toMatchObject({ recorded: 1 });
    });

    it('carries a refused command out later, once it may be', async () => {
      const idempotencyKey = freshKey();
      await expect(issue(assign('ksopn'), { idempotencyKey })).rejects.toMatchObject({ code: 'ASSIGNEE_UNKNOWN' });
      await issue(register('ksopn'), {}, SECRETARIAT);
      await expect(issue(assign('ksopn'), { idempotencyKey })).resolves.toMatchObject({ recorded: 1 });
    });
  });
});
