import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  /** The same database, through the proxy. */
  readonly url: string;
  /**
   * Cuts the connection on which the database next answers something of the kind, so that the answer is lost though the
   * work was done.
   * @param question text in what the client sent
   */
  cutAnswerTo(question: string): void;
  /** How often it has cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** Stands between a client and its database, and loses the answers it is told to lose. */
export async function cuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const database = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let question: string | undefined;
  let cuts = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(database.port), database.hostname);
    let asked = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (bytes) => {
      asked = question !== undefined && bytes.includes(question);
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (!asked || question === undefined) return void client.write(bytes);
      question = undefined;
      cuts += 1;
      client.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(databaseUrl);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    cutAnswerTo(text) {
      question = text;
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
