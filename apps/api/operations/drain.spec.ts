import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { drainable } from './drain.js';

describe('draining a server', () => {
  let server: Server;
  let drain: (patience: number) => Promise<void>;
  let agent: Agent;
  let arrived: (response: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((_request, response) => arrived(response));
    drain = drainable(server);
    agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
    server.close();
  });

  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      request({ port, host: '127.0.0.1', agent }, (response) => response.resume().once('end', () => resolve(response))).on('error', reject).end();
    });
  const nextRequest = () => new Promise<ServerResponse>((resolve) => (arrived = resolve));

  it('answers what is in flight, then closes the connection that was kept alive', async () => {
    const arrival = nextRequest();
    const answer = ask();
    const response = await arrival;
    const drained = drain(60_000);
    response.end('done');
    const { statusCode, headers } = await answer;
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    await drained;
  });

  it('closes connections that idle at once', async () => {
    arrived = (response) => response.end('done');
    await ask();
    await drain(60_000);
  });

  it('accepts no new connection', async () => {
    const arrival = nextRequest();
    const answer = ask();
    const response = await arrival;
    const address = server.address() as AddressInfo;
    const drained = drain(60_000);
    const refused = new Promise((resolve) => request({ port: address.port, host: '127.0.0.1' }).on('error', resolve).end());
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    response.end();
    await Promise.all([answer, drained]);
  });

  it('cuts off what is not answered in time', async () => {
    const arrival = nextRequest();
    const answer = ask();
    await arrival;
    await Promise.all([drain(20), expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })]);
  });
});
