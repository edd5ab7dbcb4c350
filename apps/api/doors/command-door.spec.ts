import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testApi, type TestApi } from '../testing/api.js';
import { DOORS, type DoorExample } from '../testing/doors.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('a command door', () => {
  const commands = new RecordedCommands();
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ modules: [commandsOf(commands)] });
  });
  afterAll(() => api.close());
  beforeEach(() => void commands.issued.splice(0));

  const send = async ({ method, path, body, actor }: DoorExample, headers: Record<string, string> = {}) =>
    api.http()[method](path).set('Authorization', await api.bearer(actor)).set(headers).send(body);

  it.each(DOORS.map((door) => [`${door.method} ${door.path}`, door] as const))('makes of %s the command that it stands for', async (_name, door) => {
    const response = await send(door);
    expect(response.body).toEqual({ id: 'it', revision: 3, position: '42' });
    expect(response.status).toBe(door.makesIn ? 201 : 200);
    expect(response.headers['location']).toBe(door.makesIn && `${door.makesIn}/it`);
    expect(response.headers['etag']).toBe('"3"');
    expect(response.headers['log-position']).toBe('42');

    const { command, context } = commands.issued[0]!;
    const made = door.command.type === 'ReportProgress' ? { reportId: expect.stringMatching(UUID) } : {};
    expect(command).toEqual({ type: door.command.type, data: { ...door.command.data, ...made } });
    expect(context.actor.role).toBe(door.actor.role);
    expect(context.commandId).toMatch(UUID);
  });

  const proposal = DOORS.find(({ command }) => command.type === 'ProposePriority')!;
  const agreement = DOORS.find(({ command }) => command.type === 'AgreePriority')!;
  const unassignment = DOORS.find(({ command }) => command.type === 'UnassignPriority')!;
  const report = DOORS.find(({ command }) => command.type === 'ReportProgress')!;

  it('hands on what came with the command', async () => {
    const headers = { 'Idempotency-Key': 'once more', 'If-Match': '"7"', 'X-Correlation-Id': 'review', 'X-Causation-Id': 'letter-17' };
    const response = await send({ ...agreement, body: { ...agreement.body, occurredOn: '2024-01-18' } }, headers);
    expect(response.headers['x-correlation-id']).toBe('review');
    const { command, context } = commands.issued[0]!;
    expect(context).toEqual({
      actor: { subject: 'secretariat', role: 'secretariat' },
      commandId: expect.stringMatching(UUID),
      idempotencyKey: 'once more',
      ifMatch: 7,
      correlationId: 'review',
      causationId: 'letter-17',
      occurredOn: '2024-01-18',
    });
    expect(command.data).not.toHaveProperty('occurredOn');
  });

  it('takes the day of a DELETE from the query', async () => {
    await send({ ...unassignment, path: `${unassignment.path}?occurredOn=2024-02-29` });
    expect(commands.issued[0]!.context.occurredOn).toBe('2024-02-29');
  });

  it('makes an id for each command, and the same one for the same key of the same actor', async () => {
    for (const key of [undefined, undefined, 'k', 'k']) await send(agreement, key ? { 'Idempotency-Key': key } : {});
    await send({ ...agreement, actor: { role: 'secretariat', sub: 'another' } }, { 'Idempotency-Key': 'k' });
    const [a, b, c, d, e] = commands.issued.map(({ context }) => context.commandId);
    expect(c).toBe(d);
    expect(new Set([a, b, c, e]).size).toBe(4);
  });

  it('makes the same report of the same key', async () => {
    await send(report, { 'Idempotency-Key': 'k' });
    await send(report, { 'Idempotency-Key': 'k' });
    await send(report);
    const ids = commands.issued.map(({ command }) => (command.data as { reportId: string }).reportId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it.each([
    ['"3"', 3],
    ['"0"', 0],
    ['"3-5f1c9a"', 3],
    ['*', 'exists'],
  ])('reads If-Match: %s as %p', async (header, expected) => {
    await send(agreement, { 'If-Match': header });
    expect(commands.issued[0]!.context.ifMatch).toBe(expected);
  });

  it.each([
    ['If-Match', 'W/"3"'],
    ['If-Match', '3'],
    ['If-Match', '"x"'],
    ['If-Match', '"-1"'],
    ['If-Match', '"03"'],
    ['If-Match', '"3", "4"'],
    ['If-Match', ''],
    ['Idempotency-Key', ''],
    ['Idempotency-Key', 'k'.repeat(201)],
    ['X-Correlation-Id', 'two words'],
    ['X-Correlation-Id', 'c'.repeat(201)],
    ['X-Causation-Id', 'письмо'],
  ])('refuses %s: %p', async (header, value) => {
    const response = await send(proposal, { [header]: Buffer.from(value).toString('latin1') });
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'HEADER_INVALID', errors: [{ header }] });
    expect(response.body.detail).toContain(header);
    expect(commands.issued).toEqual([]);
  });

  it.each([
    ['/v1/agendas/Csto/closure', 'AGENDA_UNKNOWN'],
    ['/v1/agendas/a--b/closure', 'AGENDA_UNKNOWN'],
    ['/v1/agendas/%D0%B0/closure', 'AGENDA_UNKNOWN'],
    [`/v1/agendas/${'a'.repeat(65)}/closure`, 'AGENDA_UNKNOWN'],
    ['/v1/agendas/__proto__/closure', 'AGENDA_UNKNOWN'],
    ['/v1/agendas/%00/closure', 'AGENDA_UNKNOWN'],
    ["/v1/agendas/a';drop%20table%20events;--/closure", 'AGENDA_UNKNOWN'],
  ])('knows nothing at %s', async (path, code) => {
    const response = await send({ ...DOORS.find(({ command }) => command.type === 'CloseAgenda')!, path });
    expect(response.status).toBe(404);
    expect(response.body.code).toBe(code);
  });

  it.each(['csto-2024', 'csto-2024.0', 'csto-2024.02', 'csto-2024.2.1', 'csto-2024.10000'])('knows no priority %s', async (id) => {
    const response = await send({ ...agreement, path: `/v1/priorities/${id}/agreement` });
    expect([response.status, response.body.code]).toEqual([404, 'PRIORITY_UNKNOWN']);
  });
});
