import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IdempotencyKeyReused, StaleRevision, TooMuchContention } from '#commands/errors.js';
import { DomainRejection, REJECTIONS, type RejectionCode } from '#domain/rejection.js';
import { StoreUnavailable } from '#event-store/errors.js';
import { testApi, type TestApi } from '../testing/api.js';
import { commandsOf, RecordedCommands } from '../testing/recorded-commands.js';
import { PROBLEMS } from './catalogue.js';

const socketError = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED', syscall: 'connect' });
const sqlError = (code: string, message: string) => Object.assign(new Error(message), { code });

describe('what goes wrong is answered with a problem document', () => {
  const commands = new RecordedCommands();
  let api: TestApi;
  beforeAll(async () => {
    api = await testApi({ modules: [commandsOf(commands)] });
  });
  afterAll(() => api.close());
  beforeEach(() => void api.logged.splice(0));

  const failWith = async (error: unknown) => {
    commands.answer = async () => {
      throw error;
    };
    return api
      .http()
      .post('/v1/priorities/csto-2024.2/withdrawal?x=1')
      .set('Authorization', await api.bearer({ role: 'chair' }))
      .set('traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')
      .send({});
  };

  it('with everything that RFC 9457 asks for, a code and the trace', async () => {
    const response = await failWith(new DomainRejection('DECISION_REQUIRED', 'It was agreed.', '/decision'));
    expect(response.status).toBe(422);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.headers['x-trace-id']).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(response.body).toEqual({
      type: '/problems/DECISION_REQUIRED',
      title: 'A decision must be cited',
      status: 422,
      detail: 'It was agreed.',
      instance: '/v1/priorities/csto-2024.2/withdrawal',
      code: 'DECISION_REQUIRED',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      errors: [{ pointer: '/decision', detail: 'It was agreed.' }],
    });
  });

  it('with the status of its kind for every rejection of the domain', async () => {
    const statuses = { absent: 404, refused: 409, forbidden: 403, invalid: 422 };
    for (const [code, { kind }] of Object.entries(REJECTIONS)) {
      const response = await failWith(new DomainRejection(code as RejectionCode, 'So it is.'));
      expect([code, response.status, response.body.code]).toEqual([code, statuses[kind], code]);
    }
  });

  it.each([
    ['a stale revision', new StaleRevision(3, 5), 412, 'STALE_REVISION', undefined],
    ['If-Match: * where there is nothing', new StaleRevision('exists', -1), 412, 'STALE_REVISION', undefined],
    ['a reused idempotency key', new IdempotencyKeyReused(), 422, 'IDEMPOTENCY_KEY_REUSED', undefined],
    ['too much contention', new TooMuchContention('s', 20), 503, 'TOO_MUCH_CONTENTION', '1'],
    ['an event store that is away', new StoreUnavailable('the event store'), 503, 'STORE_AWAY', '5'],
    ['a refused connection', socketError, 503, 'STORE_AWAY', '5'],
    ['refused connections to every address', new AggregateError([socketError, socketError]), 503, 'STORE_AWAY', '5'],
    ['a server that shuts down', sqlError('57P01', 'terminating connection'), 503, 'STORE_AWAY', '5'],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), 503, 'STORE_AWAY', '5'],
    ['a pool that has no connection left', new Error('timeout exceeded when trying to connect'), 503, 'STORE_AWAY', '5'],
    ['a statement that is wrong', sqlError('42601', 'syntax error near "secret"'), 500, 'INTERNAL', undefined],
    ['a file that is not there', Object.assign(new Error('ENOENT: /secret'), { code: 'ENOENT', syscall: 'open' }), 500, 'INTERNAL', undefined],
    ['anything else', new TypeError('secret is undefined'), 500, 'INTERNAL', undefined],
    ['something thrown that is no error', 'secret', 500, 'INTERNAL', undefined],
  ])('for %s', async (_case, error, status, code, retryAfter) => {
    const response = await failWith(error);
    expect([response.status, response.body.code]).toEqual([status, code]);
    expect(response.headers['retry-after']).toBe(retryAfter);
    expect(JSON.stringify(response.body)).not.toMatch(/secret|10\.0\.0\.7|at .*\.ts/);
  });

  it('and an unforeseen failure is logged whole, under the same trace', async () => {
    await failWith(new TypeError('the secret reason'));
    const line = api.logged.find(({ level }) => level === 50);
    expect(line).toMatchObject({ err: { message: 'the secret reason', stack: expect.stringContaining('TypeError') }, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });

  it('and what is away is logged in one line, with the reason and no stack', async () => {
    const before = api.logged.length;
    await failWith(new StoreUnavailable('the event store'));
    const lines = api.logged.slice(before);
    expect(lines).toEqual([expect.objectContaining({ level: 40, status: 503, reason: expect.stringMatching(/^STORE_AWAY: StoreUnavailable: /) })]);
    expect(JSON.stringify(lines)).not.toMatch(/stack|at .*\.ts/);
  });

  it('whose type is the address of a page that says what it means', async () => {
    const { body } = await api.http().get('/problems/BODY_RETIRED').expect(200);
    expect(body).toEqual({ type: '/problems/BODY_RETIRED', code: 'BODY_RETIRED', status: 409, title: 'The body is retired' });
    const listed = await api.http().get('/problems').expect(200);
    expect(listed.body.items).toHaveLength(PROBLEMS.size);
    await api.http().get('/problems/NO_SUCH_CODE').expect(404);
    await api.http().get('/problems/constructor').expect(404);
  });
});
