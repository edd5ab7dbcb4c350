import type { Metadata } from '@grpc/grpc-js';
import type { ArmedFaults } from './faults.js';
import type { KurrentLog } from './log.js';
import { accessDenied, type Endpoint, noLeader, notLeader, unauthenticated } from './refusals.js';

export type Role = 'leader' | 'follower';

export interface Member extends Endpoint {
  readonly id: string;
  readonly role: Role;
  readonly alive: boolean;
}

/** One server as its services see it. */
export interface Node {
  readonly log: KurrentLog;
  readonly armed: ArmedFaults;
  /** Three numbers, as in `24.10.0`. */
  readonly version: string;
  /** Bytes; the real server's own limit is 1 MiB. */
  readonly maxAppendSize: number;
  /** Passwords by user name; without it the server takes everybody, as it does where it runs insecure. */
  readonly users: Readonly<Record<string, string>> | undefined;
  readonly self: Member;
  members(): readonly Member[];
  /** Ends the connection a call came in on. */
  dropConnection(peer: string): void;
}

export interface Caller {
  readonly metadata: Metadata;
  getPeer(): string;
}

const header = ({ metadata }: Caller, name: string): string | undefined => metadata.get(name)[0]?.toString();

/** @throws where the caller says no name, or one that is not his */
export function authenticate({ users }: Node, caller: Caller): void {
  if (!users) return;
  const authorization = header(caller, 'authorization');
  if (authorization === undefined) throw accessDenied();
  const [, encoded = ''] = /^basic (.*)$/i.exec(authorization) ?? [];
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (!Object.hasOwn(users, name) || users[name] !== password.join(':')) throw unauthenticated();
}

const leaderOf = (node: Node): Member => {
  const leader = node.members().find(({ role, alive }) => role === 'leader' && alive);
  if (!leader) throw noLeader();
  return leader;
};

/** A follower reads for itself, unless the caller wants the leader. */
export function mayRead(node: Node, caller: Caller): void {
  if (node.self.role !== 'leader' && header(caller, 'requires-leader') === 'true') throw notLeader(leaderOf(node));
}

/** A follower passes writes on to the leader, unless the caller wants to speak to the leader himself. */
export function mayWrite(node: Node, caller: Caller): void {
  mayRead(node, caller);
  leaderOf(node);
}

/** Whether the server is of a version or later. */
export function isSince({ version }: Node, since: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}
