import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '#domain/vocabulary.js';
import { ReadsModule } from '../reading/reads.module.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';
import { testApi, type TestApi } from '../testing/api.js';

type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  parameters?: { name: string; schema: { example?: string } }[];
  security?: unknown[];
  requestBody?: { content: Record<string, { schema?: unknown; example?: unknown }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: unknown; example?: unknown; examples?: Record<string, unknown> }> }>;
};

describe('the OpenAPI document', () => {
  let api: TestApi;
  let document: { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } };
  beforeAll(async () => {
    // The questions are described without being asked: nothing stands behind them here.
    const nothing = {} as never;
    api = await testApi({ modules: [commandsOf(new RecordedCommands()), ReadsModule.on(nothing, nothing, nothing, nothing, nothing, nothing)] });
    const response = await api.http().get('/openapi.json').expect(200).expect('Content-Type', /application\/json/);
    document = response.body as typeof document;
  });
  afterAll(() => api.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ door: `${method.toUpperCase()} ${path}`, operation })),
    );

  it('is of version 3.1', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('names every command door of the interface', () => {
    const doors = operations().map(({ door }) => door);
    const subjects = ['priorities/{priorityId}', 'commitments/{commitmentId}'];
    const shared = ['agreement', 'assignments', 'withdrawal', 'reports'];
    const lifecycle = ['schedule', 'milestones', 'milestones/{milestoneId}/reached', 'assessments', 'suspension', 'resumption', 'closure', 'reopening', 'carry-over'];
    expect(doors).toEqual(
      expect.arrayContaining([
        'POST /v1/agendas',
        'POST /v1/agendas/{agendaId}/participations',
        'POST /v1/agendas/{agendaId}/closure',
        'POST /v1/agendas/{agendaId}/priorities',
        'POST /v1/bodies',
        'PATCH /v1/bodies/{bodyId}',
        'POST /v1/bodies/{bodyId}/retirement',
        'POST /v1/priorities/{priorityId}/commitments',
        ...subjects.map((subject) => `PATCH /v1/${subject}`),
        ...subjects.map((subject) => `DELETE /v1/${subject}/assignments/{bodyId}`),
        ...subjects.flatMap((subject) => shared.map((door) => `POST /v1/${subject}/${door}`)),
        ...lifecycle.map((door) => `POST /v1/commitments/{commitmentId}/${door}`),
        'PUT /v1/reports/{reportId}',
        'POST /v1/reports/{reportId}/return',
        'POST /v1/reports/{reportId}/acceptance',
      ]),
    );
  });

  it('gives each operation a name of its own and a summary', () => {
    for (const { door, operation } of operations()) expect([door, operation.summary]).toEqual([door, expect.stringMatching(/\w/)]);
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives every body and every answer a schema and an example', () => {
    for (const { door, operation } of operations()) {
      const contents = [operation.requestBody?.content, ...Object.values(operation.responses).map(({ content }) => content)];
      for (const media of contents.flatMap((content) => Object.values(content ?? {}))) {
        expect([door, media.schema]).toEqual([door, expect.anything()]);
        const example = media.example ?? Object.values((media as { examples?: Record<string, unknown> }).examples ?? {})[0];
        expect([door, example]).toEqual([door, expect.anything()]);
        expect([door, JSON.stringify(example)]).toEqual([door, expect.not.stringContaining('undefined')]);
      }
    }
  });

  /** What is recorded in the log is recorded once, by whatever key the client gives it. */
  const isCommand = ({ operation }: ReturnType<typeof operations>[number]): boolean =>
    operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false;

  it('tells of every command with which problems it may be answered', () => {
    const commands = operations().filter(isCommand);
    expect(commands.length).toBeGreaterThanOrEqual(32);
    for (const { door, operation } of commands) {
      const problems = Object.entries(operation.responses).filter(([, { content }]) => content?.['application/problem+json']);
      const expected = ['400', '401', '403', '406', '412', '413', '415', '422', '429', '503'];
      // What one has received does not depend on how anything stands.
      if (door !== 'POST /v1/editions/{editionId}/acknowledgement') expected.push('409');
      // An agenda and a body are made out of nothing: there is nothing that could be absent.
      if (!['POST /v1/agendas', 'POST /v1/bodies'].includes(door)) expected.push('404');
      expect([door, problems.map(([status]) => status)]).toEqual([door, expect.arrayContaining(expected)]);
    }
  });

  it('tells of every question which headers it heeds', () => {
    const questions = operations().filter(({ operation }) => operation.responses['304']);
    expect(questions.length).toBeGreaterThanOrEqual(20);
    for (const { door, operation } of questions) {
      expect([door, operation.parameters?.map(({ name }) => name)]).toEqual([door, expect.arrayContaining(['If-None-Match', 'Accept-Language'])]);
    }
  });

  it('gives examples of commands that are commands indeed', async () => {
    for (const { door, operation } of operations().filter(isCommand).filter(({ operation }) => operation.requestBody)) {
      const [method, path] = door.split(' ') as [string, string];
      const { roles } = /For the roles: (?<roles>[^.]+)/.exec(operation.description ?? '')?.groups ?? {};
      const role = roles?.split(', ')[0] as Role;
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => operation.parameters!.find((parameter) => parameter.name === name)!.schema.example!);
      const authorization = await api.bearer({ role, ...(role === 'liaison' && { state: 'KG' }) });
      const request = api.http()[method.toLowerCase() as 'post'](address).set('Authorization', authorization);
      const response = await request.send(operation.requestBody!.content['application/json']!.example as object);
      expect([door, response.body]).toEqual([door, expect.objectContaining({ revision: 3 })]);
    }
  });

  it('refers to nothing that it does not have', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g)].map(([, name]) => name!);
    expect(references.length).toBeGreaterThan(10);
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(references));
  });

  it('asks for a token everywhere but where none is needed', () => {
    const open = operations().filter(({ operation }) => JSON.stringify(operation.security) === '[{}]');
    expect(open.map(({ door }) => door)).toEqual(['GET /health/live', 'GET /health/ready', 'GET /metrics']);
  });
});

describe('the documentation page', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ modules: [commandsOf(new RecordedCommands())] });
  });
  afterAll(() => api.close());

  it('is served with all that it needs, from here, and within its own content security policy', async () => {
    const page = await api.http().get('/docs').expect(200).expect('Content-Type', /text\/html/);
    const policy = page.headers['content-security-policy'] as string;
    expect(policy).toContain("script-src 'self'");
    const needed = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    const files = needed.filter((address) => !address.startsWith('#'));
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      expect(file).not.toMatch(/^(https?:)?\/\//);
      await api.http().get(new URL(file, 'http://here/docs').pathname).expect(200);
    }
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  });

  it('has no other files', async () => {
    await api.http().get('/docs/nothing.js').expect(404);
  });
});
