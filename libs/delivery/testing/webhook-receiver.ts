import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';

export type Received = {
  readonly id: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Verifies the signature as any receiver does, by its library. @throws {Error} it does not hold */
  verified(secret: string): { type: string; timestamp: string; data: Record<string, unknown> };
};

/** What to do with a message: answer with a status and headers, or what a broken receiver does. */
type Answer = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string } | 'never' | 'garbage';

export type WebhookReceiver = {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
  /** How it answers from now on. */
  answering(answer: (message: Received) => Answer | Promise<Answer>): void;
  /** Resolves once it has received so many. */
  atLeast(count: number): Promise<void>;
  close(): Promise<void>;
};

/** The library holds the time against the machine's clock, and specs have their own: it is asked at the time that was signed. */
function verified(secret: string, headers: Record<string, string>, body: string): unknown {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  const now = Date.now;
  Date.now = () => at.getTime();
  try {
    return new Webhook(secret).verify(body, headers);
  } finally {
    Date.now = now;
  }
}

/** A server on the loopback address that takes webhooks, and verifies them. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let waiting: { count: number; done: () => void }[] = [];
  let answer: (message: Received) => Answer | Promise<Answer> = () => ({ status: 204 });
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString('utf8');
      const { headers } = request;
      const message: Received = {
        id: String(headers['webhook-id']),
        path: request.url!,
        headers,
        body,
        verified: (secret) => verified(secret, headers as Record<string, string>, body) as ReturnType<Received['verified']>,
      };
      received.push(message);
      for (const { count, done } of waiting) if (received.length >= count) done();
      waiting = waiting.filter(({ count }) => received.length < count);
      const said = await answer(message);
      if (said === 'never') return;
      if (said === 'garbage') return void request.socket.end('this is no HTTP\r\n\r\n');
      response.writeHead(said.status, said.headers).end(said.body);
    })();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    answering: (next) => void (answer = next),
    atLeast: (count) => (received.length >= count ? Promise.resolve() : new Promise((done) => waiting.push({ count, done }))),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
