import { Server, ServerCredentials } from '@grpc/grpc-js';
import { once } from 'node:events';
import { createServer, type Server as TcpServer, type Socket } from 'node:net';

export interface Listener {
  readonly port: number;
  /** How many connections there are. */
  readonly connections: number;
  dropConnection(peer: string): void;
  /** Ends all connections at once and takes no more. */
  close(): Promise<void>;
}

/** An event of 16 MiB and what is around it. */
const LARGEST_MESSAGE = 17 * 1024 * 1024;

/** Takes connections itself and hands them to gRPC, so that it can lose any of them at any moment. */
export async function listen(
  port: number,
  addServices: (server: Server) => void,
  credentials: ServerCredentials = ServerCredentials.createInsecure(),
): Promise<Listener> {
  const server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': LARGEST_MESSAGE,
  });
  addServices(server);
  const injector = server.createConnectionInjector(credentials);
  const sockets = new Map<string, Socket>();
  const tcp: TcpServer = createServer((socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(peer));
    injector.injectConnection(socket);
  }).listen(port, '127.0.0.1');
  await once(tcp, 'listening');
  const address = tcp.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    get connections() {
      return sockets.size;
    },
    dropConnection: (peer) => void sockets.get(peer)?.destroy(),
    async close() {
      for (const socket of sockets.values()) socket.destroy();
      const closed = once(tcp, 'close');
      tcp.close();
      await closed;
      injector.destroy();
      server.forceShutdown();
    },
  };
}
