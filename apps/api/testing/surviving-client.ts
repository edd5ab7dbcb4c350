import { types } from 'node:util';
import type { TokenRequest } from '#access/issue-token.js';
import { bearer, crash, startServiceProcess } from './service-process.js';

export type MortalService = {
  /** Of its present life, or of the next one where it has just been killed. */
  address(): Promise<string>;
  /** Kills it and starts it again, at another address. Resolves when it serves. */
  killAndStart(): Promise<void>;
  end(): Promise<unknown>;
};

export function mortalService(environment: Readonly<Record<string, string>>): MortalService {
  let life = startServiceProcess(environment);
  let address = life.address;
  return {
    address: () => address,
    async killAndStart() {
      address = crash(life).then(() => {
        life = startServiceProcess(environment);
        return life.address;
      });
      await address;
    },
    end: () => crash(life),
  };
}

/** A client that goes to the other process where a connection breaks, and asks again there. */
export type SurvivingClient = {
  /** @param home which of the processes it asks first @param key makes it safe to ask again */
  send(home: number, method: string, path: string, actor: TokenRequest, content: object, key: string): Promise<unknown>;
  get(home: number, path: string, actor: TokenRequest): Promise<unknown>;
  /** Follows the log from its beginning, telling of every event, until it is told to leave. */
  follow(told: (event: { readonly position: string; readonly id: string }) => void, leaving: AbortSignal): Promise<void>;
};

/** More often than processes are killed while one request is tried. */
const ATTEMPTS = 6;

export function survivingClient(services: readonly MortalService[], dataFolder: string): SurvivingClient {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (actor: TokenRequest): Promise<string> => {
    const name = JSON.stringify(actor);
    const token = tokens.get(name) ?? bearer(dataFolder, actor);
    tokens.set(name, token);
    return token;
  };
  const address = (n: number): Promise<string> => services[n % services.length]!.address();

  async function ask(home: number, path: string, actor: TokenRequest, request: RequestInit = {}): Promise<unknown> {
    const headers = { ...request.headers, Authorization: await tokenOf(actor) };
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await fetch((await address(home + attempt)) + path, { ...request, headers });
        const text = await response.text();
        if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
        return JSON.parse(text);
      } catch (error) {
        if (!isBroken(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  return {
    get: ask,
    send: (home, method, path, actor, content, key) =>
      ask(home, path, actor, {
        method,
        body: JSON.stringify(content),
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, 'X-Correlation-Id': key },
      }),
    async follow(told, leaving) {
      let last = '0';
      for (let connection = 0; !leaving.aborted; connection += 1) {
        const headers = { Authorization: await tokenOf({ role: 'auditor' }), 'Last-Event-ID': last };
        try {
          const response = await fetch(`${await address(connection)}/v1/events/live`, { headers, signal: leaving });
          for await (const event of eventsIn(response.body!)) {
            last = event.position;
            told(event);
          }
        } catch (error) {
          if (!isBroken(error) && !leaving.aborted) throw error;
        }
      }
    },
  };
}

/** How `fetch` speaks of a connection that was refused or lost. */
const isBroken = (error: unknown): boolean => types.isNativeError(error) && error.name === 'TypeError';

/** Whole events alone: what was cut off comes again. */
async function* eventsIn(stream: ReadableStream<Uint8Array>): AsyncGenerator<{ position: string; id: string }> {
  let text = '';
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      // How soon to come back, which it does by itself.
      if (block.startsWith('retry:')) continue;
      const [, position, data] = /^id: (\d+)\nevent: \w+\ndata: (.*)$/.exec(block) ?? [];
      if (data === undefined) throw new Error(`the stream said: ${block}`);
      yield { position: position!, id: (JSON.parse(data) as { id: string }).id };
    }
  }
}
