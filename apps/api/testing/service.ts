import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenRequest } from '#access/issue-token.js';
import { CommandService } from '#commands/command-service.js';
import { CommandsModule } from '#commands/commands.module.js';
import { freezing } from '#composition/freezing.js';
import { renderPool } from '#documents/render-pool.js';
import { openDeliveries } from '#composition/open-deliveries.js';
import { openLedger } from '#composition/open-ledger.js';
import { openReadSide } from '#composition/open-read-side.js';
import { openStores, type Stores } from '#composition/open-stores.js';
import { openVerifications } from '#composition/open-verifications.js';
import { BEGINNING } from '#event-store/event-store.js';
import { systemClock, type Clock } from '#platform/clock.js';
import { readEnvironment } from '#platform/environment.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import { ReadsModule } from '../reading/reads.module.js';
import { testApi } from './api.js';
import { documentedAnswers, type OpenApi } from './documented-answers.js';

type Headers = Readonly<Record<string, string>>;
// Specs say what a body must be by matching it.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = { status: number; headers: Record<string, string>; text: string; body: any };

export type TestService = {
  readonly stores: Stores;
  /** Where it listens, as http://127.0.0.1:1234. */
  readonly address: string;
  as(actor: TokenRequest): Record<'post' | 'put' | 'patch', (path: string, body?: object, headers?: Headers) => Promise<Answer>> &
    Record<'get' | 'delete', (path: string, headers?: Headers) => Promise<Answer>>;
  bearer(actor: TokenRequest): Promise<string>;
  /** Knocks at a door with nothing in hand but a token, and does not wait for what a stream has to say. */
  knock(method: string, path: string, actor: TokenRequest | undefined): Promise<{ status: number; code?: string }>;
  /** The first events of a stream of server-sent events. */
  follow(path: string, bearer: string, count: number): Promise<{ id: string; event: string; data: unknown }[]>;
  close(): Promise<void>;
};

/**
 * The whole service on a database of its own, with the projector inside. An answer that is not as the OpenAPI document says is an error.
 * @param variables of the environment, beside the database's
 * @param clock by which it decides, reads and delivers
 */
export async function startService(variables: Readonly<Record<string, string>> = {}, clock: Clock = systemClock): Promise<TestService> {
  const database = await freshDatabase();
  const environment = readEnvironment({ ...variables, DATABASE_URL: database.url });
  const stores = { ...(await openStores(environment, { as: 'service', applicationName: 'test', note: () => {} })), clock };
  const closing = new AbortController();
  const readSide = openReadSide(stores, { projecting: true, onTrouble: (_, error) => console.error(error), closing: closing.signal });
  const folder = await mkdtemp(join(tmpdir(), 'mindet-service-'));
  const ledger = await openLedger({ ...environment, MINDET_DATA: folder, LEDGER_CHECKPOINT_SECONDS: 86_400 }, stores, {
    keeping: true,
    onTrouble: (error) => console.error(error),
    closing: closing.signal,
  });
  const verifications = openVerifications(stores, { verifying: true, onTrouble: (error) => console.error(error), closing: closing.signal });
  const documents = renderPool();
  const deliveries = await openDeliveries({ ...environment, MINDET_DATA: folder }, stores, readSide.model.side, {
    onTrouble: (error) => console.error(error),
    render: documents.render,
    closing: closing.signal,
  });
  const api = await testApi({
    modules: [CommandsModule.on({ ...stores, freeze: freezing(readSide, ledger) }), ReadsModule.on(readSide.model, readSide, ledger, verifications, deliveries, documents)],
    settings: { requestsPerMinute: 1_000_000 },
  });
  await readSide.model.side.reached(BEGINNING);
  deliveries.begin(api.app.get(CommandService));
  await api.app.listen(0, '127.0.0.1');

  const { body: openApi } = await api.http().get('/openapi.json');
  const undocumented = documentedAnswers(openApi as OpenApi);

  const send = async (method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, actor: TokenRequest, body?: object, headers: Headers = {}) => {
    let request = api.http()[method](path).set('Authorization', await api.bearer(actor)).set(headers);
    if (headers['Accept']?.includes('ndjson')) request = request.buffer(true).parse(asText);
    const answer = await (body === undefined ? request : request.send(body));
    const flaws = path === '/openapi.json' ? [] : undocumented(method, path, answer.status, answer.headers['content-type'], answer.body);
    if (flaws.length > 0) throw new Error(`the answer is not as documented:\n${flaws.join('\n')}`);
    return { status: answer.status, headers: answer.headers as Record<string, string>, text: answer.text ?? (answer.body as string), body: answer.body };
  };

  return {
    stores,
    address: `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`,
    bearer: (actor) => api.bearer(actor),
    as: (actor) => ({
      post: (path, body, headers) => send('post', path, actor, body, headers),
      put: (path, body, headers) => send('put', path, actor, body, headers),
      patch: (path, body, headers) => send('patch', path, actor, body, headers),
      get: (path, headers) => send('get', path, actor, undefined, headers),
      delete: (path, headers) => send('delete', path, actor, undefined, headers),
    }),
    async knock(method, path, actor) {
      const { port } = api.app.getHttpServer().address() as AddressInfo;
      const leaving = new AbortController();
      const headers: Record<string, string> = actor ? { Authorization: await api.bearer(actor) } : {};
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, signal: leaving.signal });
      const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json');
      const code = isProblem ? { code: ((await answer.json()) as { code: string }).code } : {};
      leaving.abort();
      return { status: answer.status, ...code };
    },
    follow: (path, bearer, count) => firstEvents((api.app.getHttpServer().address() as AddressInfo).port, path, bearer, count),
    async close() {
      closing.abort();
      await api.close();
      await Promise.all([readSide.close(), ledger.close(), verifications.close(), deliveries.close(), documents.close()]);
      await stores.close();
      await rm(folder, { recursive: true });
      await database.drop();
    },
  };
}

function asText(response: unknown, done: (error: Error | null, text: string) => void): void {
  const stream = response as IncomingMessage;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (text += chunk));
  stream.on('end', () => done(null, text));
}

async function firstEvents(port: number, path: string, bearer: string, count: number) {
  const request = get({ port, path, host: '127.0.0.1', headers: { Authorization: bearer, Accept: 'text/event-stream' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response) {
    text += chunk as string;
    if (eventsIn(text).length >= count) break;
  }
  request.destroy();
  return eventsIn(text).slice(0, count).map((block) => {
    const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    return { id: fields['id']!, event: fields['event']!, data: JSON.parse(fields['data']!) as unknown };
  });
}

/** Whole events: not what only keeps the connection, and not what is still coming. */
const eventsIn = (text: string): string[] => text.split('\n\n').slice(0, -1).filter((block) => /^data:/m.test(block));
