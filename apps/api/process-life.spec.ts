import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findServer } from '#platform/embedded-postgres/server-process.js';
import { makeDataFolder, removeDataFolder } from '#platform/testing/data-folder.js';
import { freshDatabase } from '#platform/testing/postgres.js';
import { bearer, crash, startServiceProcess, type ServiceProcess } from './testing/service-process.js';

const UNUSED_PORT = 'postgresql://mindet@127.0.0.1:1/mindet';

let folder: string;
const started: ServiceProcess[] = [];

beforeEach(() => {
  folder = makeDataFolder();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map(crash));
  await removeDataFolder(folder);
});

function start(environment: Readonly<Record<string, string>> = {}): ServiceProcess {
  const service = startServiceProcess({ MINDET_DATA: folder, AGENDA: 'agendas/example.yaml', ...environment });
  started.push(service);
  return service;
}

const chair = () => bearer(folder, { role: 'chair' });

async function propose(address: string, number: number): Promise<{ id: string; position: string }> {
  const answer = await fetch(`${address}/v1/agendas/example-2030/priorities`, {
    method: 'POST',
    headers: { Authorization: await chair(), 'Content-Type': 'application/json' },
    body: JSON.stringify({ number, title: { ru: `Приоритет ${number}` } }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { id: string; position: string };
}

async function titles(address: string, position: string): Promise<Map<string, string>> {
  const answer = await fetch(`${address}/v1/agendas/example-2030?minPosition=${position}`, { headers: { Authorization: await chair() } });
  const { priorities } = (await answer.json()) as { priorities: { id: string; title: string }[] };
  return new Map(priorities.map(({ id, title }) => [id, title]));
}

describe('the service with its own database', () => {
  it('serves after each kill all that it had acknowledged, also where the database was killed with it', async () => {
    const acknowledged: { id: string; position: string }[] = [];
    for (const power of ['stays', 'fails', 'stays'] as const) {
      const service = start();
      const address = await service.address;
      const served = await titles(address, acknowledged.at(-1)?.position ?? '0');
      expect(acknowledged.filter(({ id }) => !served.has(id))).toEqual([]);

      const before = acknowledged.length;
      const writers = [0, 1, 2, 3].map(async (writer) => {
        for (let n = 0; n < 1_000; n += 1) {
          acknowledged.push(await propose(address, 10 + acknowledged.length * 4 + writer + n));
          if (acknowledged.length === before + 40) {
            const server = findServer(realpathSync(join(folder, 'postgres', 'cluster')))!;
            if (power === 'fails') process.kill(server.pid, 'SIGKILL');
            service.program.signal('SIGKILL');
          }
        }
      });
      await Promise.allSettled(writers);
      await service.program.ended;
      expect(acknowledged.length).toBeLessThan(before + 60);
    }
  });
});

describe('asked to end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('by %s it answers what is in flight, ends streams, and exits with 0', async (signal) => {
    const database = await freshDatabase();
    const { program, address } = start({ DATABASE_URL: database.url });
    const url = await address;

    const follower = await fetch(`${url}/v1/events/live`, { headers: { Authorization: await bearer(folder, { role: 'auditor' }) } });
    const finish = await beginProposal(url);
    program.signal(signal);
    await program.said(/draining/);
    // As npm does, which passes on what the terminal has sent to every process already.
    program.signal(signal);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    expect(await finish()).toBe(201);

    expect(await follower.text()).not.toContain('error');
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
    await database.drop();
  });

  it('by a second signal, it ends at once, whatever is in flight', async () => {
    const database = await freshDatabase();
    for (const second of ['SIGINT', 'SIGTERM'] as const) {
      const { program, address } = start({ DATABASE_URL: database.url });
      const finish = await beginProposal(await address);
      const begun = performance.now();
      program.signal('SIGINT');
      await program.said(/draining/);
      let ended = false;
      void program.ended.then(() => (ended = true));
      for (; !ended; await delay(50)) program.signal(second);
      expect(await program.ended).toMatchObject({ code: 1 });
      // It would have waited ten seconds for the request.
      expect(performance.now() - begun).toBeLessThan(8_000);
      await expect(finish()).rejects.toThrow();
    }
    await database.drop();
  });

  it.each(['its database is made', 'its database starts'])('while %s, it leaves nothing running', async (when) => {
    const home = join(folder, 'postgres');
    const { program } = start({ AGENDA: 'none' });
    const isTime = () => {
      if (when === 'its database is made') return existsSync(home) && readdirSync(home).some((name) => name.startsWith('unfinished-'));
      return findServer(join(home, 'cluster')) !== undefined;
    };
    while (!isTime()) await delay(1);
    program.signal('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(findServer(join(home, 'cluster'))).toBeUndefined();

    const again = start({ AGENDA: 'none' });
    await again.address;
  });

  it('while it waits for a database that never answers', async () => {
    await using silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { program } = start({ DATABASE_URL: `postgresql://mindet@127.0.0.1:${(silent.address() as AddressInfo).port}/mindet` });
    const [connection] = (await once(silent, 'connection')) as [{ destroy(): void }];
    program.signal('SIGINT');
    expect(await program.ended).toEqual({ code: 0, stdout: '', stderr: '' });
    connection.destroy();
  });
});

/** Sends the beginning of a request. Resolves once the service has it, with what sends the rest and answers the status. */
async function beginProposal(address: string): Promise<() => Promise<number | undefined>> {
  const body = JSON.stringify({ number: 7, title: { ru: 'В пути' } });
  const inFlight = request(`${address}/v1/agendas/example-2030/priorities`, {
    method: 'POST',
    headers: { Authorization: await chair(), 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), Expect: '100-continue' },
  });
  const answered = once(inFlight, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  inFlight.flushHeaders();
  await once(inFlight, 'continue');
  return async () => {
    inFlight.end(body);
    const [answer] = await answered;
    answer.resume();
    return answer.statusCode;
  };
}

describe('what keeps the service from starting is told in one line', () => {
  async function refusal(environment: Readonly<Record<string, string>>): Promise<string> {
    const { code, stdout, stderr } = await start(environment).program.ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^mindet: .+\n$/);
    return stderr;
  }

  it('a port that is taken', async () => {
    const database = await freshDatabase();
    await using holder = createServer().listen(0);
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    expect(await refusal({ PORT: String(port), DATABASE_URL: database.url })).toBe(`mindet: PORT: ${port} is taken by another program\n`);
    await database.drop();
  });

  it('a data folder in whose place there is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusal({ MINDET_DATA: file })).toContain('a file is in the way');
    expect(await refusal({ MINDET_DATA: join(file, 'below') })).toContain('a file is in the way');
    expect(await refusal({ MINDET_DATA: file, DATABASE_URL: UNUSED_PORT })).toContain('a file is in the way');
  });

  it('a data folder where nothing can be made', async () => {
    const place = 'there is no such place';
    expect(await refusal({ MINDET_DATA: '/proc/mindet' })).toContain(place);
    expect(await refusal({ MINDET_DATA: '/proc/mindet/below', DATABASE_URL: UNUSED_PORT })).toContain(place);
  });

  it('a file of the data folder that is not what it was', async () => {
    writeFileSync(join(folder, 'access-key.json'), '{}');
    expect(await refusal({})).toContain('access-key.json holds no Ed25519 key');
  });

  it('a database that is away', async () => {
    expect(await refusal({ DATABASE_URL: UNUSED_PORT })).toMatch(/DATABASE_URL.*ECONNREFUSED/);
  });

  it('a database that does not know the user', async () => {
    const database = await freshDatabase();
    const stranger = new URL(database.url);
    stranger.password = 'guess';
    const told = await refusal({ DATABASE_URL: stranger.href });
    expect(told).toContain('password authentication failed');
    expect(told).not.toContain('guess');
    await database.drop();
  });

  it('a variable that cannot be', async () => {
    expect(await refusal({ PORT: 'http' })).toBe('mindet: PORT must be a whole number from 0 to 65535\n');
  });

  it('an agenda that is not there', async () => {
    expect(await refusal({ AGENDA: join(folder, 'none.yaml'), DATABASE_URL: UNUSED_PORT })).toContain('none.yaml');
  });
});
