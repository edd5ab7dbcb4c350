import type { Server } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { append } from './append.js';
import { batchAppend } from './batch-append.js';
import { getSupportedMethods, readGossip } from './cluster-services.js';
import { armFaults, type Faults } from './faults.js';
import { type Listener, listen } from './listener.js';
import { createLog, type KurrentLog, type LogOptions } from './log.js';
import { caFile, loopbackCredentials } from './loopback-tls.js';
import type { Member, Node, Role } from './node.js';
import { GossipService, ServerFeaturesService, StreamsService } from './protocol.js';
import { read } from './read.js';

export interface KurrentTestServerOptions extends LogOptions {
  /** A log that there is already; the options of the log then say nothing. */
  readonly log?: KurrentLog;
  /** `24.10.0` if not given. */
  readonly version?: string;
  /** Bytes; 1 MiB if not given, as in KurrentDB. */
  readonly maxAppendSize?: number;
  /** Passwords by user name; the server then speaks TLS, without which the client names no user. */
  readonly users?: Readonly<Record<string, string>>;
}

export interface KurrentTestServer {
  /** A connection string of the official client, without a user. */
  readonly url: string;
  readonly address: string;
  readonly port: number;
  readonly log: KurrentLog;
  readonly faults: Faults;
  readonly connections: number;
  role: Role;
  /** Loses all connections and takes no more until `start`. */
  stop(): Promise<void>;
  /** Comes back on the same port with the same log; what it remembered of ids is forgotten. */
  start(): Promise<void>;
  restart(): Promise<void>;
}

const ADDRESS = '127.0.0.1';

/** A KurrentDB of one node on the loopback interface, in this process, without a disk. */
export async function startKurrentTestServer(options: KurrentTestServerOptions = {}): Promise<KurrentTestServer> {
  return startMember(options, options.log ?? createLog(options), []);
}

async function startMember(
  options: KurrentTestServerOptions,
  log: KurrentLog,
  cluster: Member[],
): Promise<KurrentTestServer> {
  const armed = armFaults();
  const id = randomUUID();
  let listener: Listener | undefined;
  let port = 0;
  let role: Role = cluster.length === 0 ? 'leader' : 'follower';

  const self: Member = {
    id,
    address: ADDRESS,
    get port() {
      return port;
    },
    get role() {
      return role;
    },
    get alive() {
      return listener !== undefined;
    },
  };
  cluster.push(self);
  const node: Node = {
    log,
    armed,
    version: options.version ?? '24.10.0',
    maxAppendSize: options.maxAppendSize ?? 1_048_576,
    users: options.users,
    self,
    members: () => cluster,
    dropConnection: (peer) => listener?.dropConnection(peer),
  };
  const addServices = (server: Server): void => {
    server.addService(StreamsService, { read: read(node), append: append(node), batchAppend: batchAppend(node) });
    server.addService(GossipService, { read: readGossip(node) });
    server.addService(ServerFeaturesService, { getSupportedMethods: getSupportedMethods(node) });
  };
  const start = async (): Promise<void> => {
    if (listener) return;
    if (role === 'leader') log.forgetIds();
    listener = await listen(port, addServices, options.users && loopbackCredentials());
    port = listener.port;
  };
  const stop = async (): Promise<void> => {
    const open = listener;
    listener = undefined;
    await open?.close();
  };
  await start();
  return {
    url: connectionString([self], options),
    address: ADDRESS,
    port,
    log,
    faults: armed.faults,
    get connections() {
      return listener?.connections ?? 0;
    },
    get role() {
      return role;
    },
    set role(next) {
      role = next;
    },
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
  };
}

/** The client sleeps for its discovery interval before it first reads, 500 ms by itself. */
function connectionString(members: readonly Member[], { users }: KurrentTestServerOptions): string {
  // TLS names hosts, not addresses.
  const hosts = members.map(({ address, port }) => `${users ? 'localhost' : address}:${port}`).join(',');
  return `kurrentdb://${hosts}?discoveryInterval=5&${users ? `tls=true&tlsCAFile=${caFile}` : 'tls=false'}`;
}

export interface KurrentTestCluster {
  /** Names all nodes: the client asks them who leads. */
  readonly url: string;
  readonly nodes: readonly KurrentTestServer[];
  readonly log: KurrentLog;
  readonly leader: KurrentTestServer | undefined;
  /** Makes one node the leader and all others followers; what the old one remembered of ids is forgotten. */
  elect(leader: KurrentTestServer): void;
  stop(): Promise<void>;
}

/** Several nodes on one log; the first leads. What one has written the others have at once. */
export async function startKurrentTestCluster(
  size: number,
  options: KurrentTestServerOptions = {},
): Promise<KurrentTestCluster> {
  const log = options.log ?? createLog(options);
  const members: Member[] = [];
  const nodes: KurrentTestServer[] = [];
  for (let n = 0; n < size; n += 1) nodes.push(await startMember(options, log, members));
  return {
    url: connectionString(members, options),
    nodes,
    log,
    get leader() {
      return nodes.find(({ role }) => role === 'leader');
    },
    elect(leader) {
      log.forgetIds();
      for (const node of nodes) node.role = node === leader ? 'leader' : 'follower';
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
