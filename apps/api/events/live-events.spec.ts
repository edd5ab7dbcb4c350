import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, get, type ClientRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Request, Response } from 'express';
import type { EventStore } from '#event-store/event-store.js';
import { inMemoryEventStore } from '#event-store/in-memory.js';
import { randomId } from '#platform/ids.js';
import type { ReadModel } from '#queries/read-model.js';
import type { Trail } from '../access-records/trail.js';
import { LiveEventsController } from './live-events.controller.js';
import { LiveLimits } from './live-limits.js';

describe('the log as it grows', () => {
  let store: EventStore;
  let server: Server;
  let closing: AbortController;
  let problems: unknown[];
  let clients: ClientRequest[];
  let answers: ServerResponse[];
  const serve = async (limits: Partial<LiveLimits> = {}) => {
    const model = { store, closing: closing.signal } as Partial<ReadModel> as ReadModel;
    const trail = { leave: () => Promise.resolve() } as Partial<Trail> as Trail;
    const controller = new LiveEventsController(model, trail, { ...new LiveLimits(), ...limits });
    server = createServer((request, response) => {
      answers.push(response);
      const express = response as unknown as Response;
      express.status = (code) => Object.assign(express, { statusCode: code });
      express.set = ((headers: Record<string, string>) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        return express;
      }) as Response['set'];
      const asked = request as unknown as Request;
      asked.actor = { subject: 'auditor', role: 'auditor' };
      asked.get = ((name: string) => request.headers[name.toLowerCase()]) as Request['get'];
      controller.follow(asked, express, {}).catch((error: unknown) => {
        problems.push(error);
        response.writeHead(429).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  };
  beforeEach(() => {
    [store, closing, problems, clients, answers] = [inMemoryEventStore(), new AbortController(), [], [], []];
  });
  afterEach(async () => {
    for (const client of clients) client.destroy();
    closing.abort();
    server.closeAllConnections();
    server.close();
    await store.close();
  });

  const happen = (text = '') => store.append('s', [{ id: randomId(), type: 'T', data: { text }, metadata: {} }], 'any');
  async function follow(lastEventId?: string): Promise<IncomingMessage> {
    const headers = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
    const client = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers });
    clients.push(client);
    client.on('error', () => {});
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    response.on('error', () => {});
    response.setEncoding('utf8');
    return response;
  }
  async function until(response: IncomingMessage, pattern: RegExp): Promise<string> {
    let text = '';
    response.on('data', (chunk: string) => (text += chunk));
    while (!pattern.test(text)) await once(response, 'data');
    return text;
  }

  it('goes on for a client that comes back exactly where it was, with nothing lost and nothing twice', async () => {
    await serve();
    for (const _ of [1, 2, 3]) await happen();
    const first = await follow('1');
    expect(await until(first, /id: 3\n[^]*\n\n/)).toMatch(/^retry: 2000\n\nid: 2\n[^]*\n\nid: 3\n/);
    first.destroy();
    await happen();
    const second = await follow('3');
    const text = await until(second, /id: 4\n[^]*\n\n/);
    expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(['4']);
  });

  it('gives signs of life while nothing happens', async () => {
    await serve({ heartbeat: 5 });
    expect(await until(await follow(), /(: still here\n\n){2}/)).toContain('retry: 2000');
  });

  it('lets a reader go who takes nothing for long', async () => {
    await serve({ patience: 20 });
    (await follow()).pause();
    const cut = once(answers.at(-1)!, 'close');
    // More than the connection holds while nobody reads from it.
    for (let n = 0; n < 40; n++) await happen('x'.repeat(1024 * 1024));
    await cut;
    expect(answers.at(-1)!.writableFinished).toBe(false);
  });

  it('is for so many at once, and has room again when one has gone', async () => {
    await serve({ streamsOfOne: 2 });
    const [first] = [await follow(), await follow()];
    expect((await follow()).statusCode).toBe(429);
    expect(problems).toEqual([expect.objectContaining({ code: 'TOO_MANY_REQUESTS' })]);
    first.destroy();
    // The service learns of it in its own time.
    let again = await follow();
    while (again.statusCode === 429) again = await follow();
    expect(again.statusCode).toBe(200);
  });

  it('is refused from a position on that the log has not come to', async () => {
    await serve();
    await follow('5');
    expect(problems).toEqual([expect.objectContaining({ code: 'PARAMETER_INVALID' })]);
  });

  it('ends with the service', async () => {
    await serve();
    const response = await follow();
    closing.abort();
    response.resume();
    await once(response, 'end');
  });
});
