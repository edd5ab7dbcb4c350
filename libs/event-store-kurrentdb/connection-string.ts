import { existsSync } from 'node:fs';
import { KurrentDbUnusable } from './unusable.js';

const SHAPE = /^(?:kurrentdb|esdb)(\+discover)?:\/\/(?:([^:@/?]+:[^@/?]+)@)?([^@/?]+)\/?(?:\?(.*))?$/i;
const HOST = /^(?:[\w.-]+)(?::\d{1,5})?$/;

type Check = (value: string) => string | undefined;

const wholeNumber: Check = (value) => (/^-?\d{1,9}$/.test(value) ? undefined : 'must be a whole number');
const trueOrFalse: Check = (value) => (/^(true|false)$/.test(value) ? undefined : 'must be true or false');
const file: Check = (value) => (existsSync(value) ? undefined : `names the file ${value}, which cannot be read`);
const anything: Check = () => undefined;
const node: Check = (value) =>
  /^(leader|follower|readonlyreplica|random)$/i.test(value) ? undefined : 'must be leader, follower, readOnlyReplica or random';

/** Those that the client knows; of others it warns, showing the whole string. */
const OPTIONS: Readonly<Record<string, Check>> = {
  tls: trueOrFalse,
  tlsVerifyCert: trueOrFalse,
  tlsCAFile: file,
  userCertFile: file,
  userKeyFile: file,
  nodePreference: node,
  maxDiscoverAttempts: wholeNumber,
  discoveryInterval: wholeNumber,
  gossipTimeout: wholeNumber,
  defaultDeadline: wholeNumber,
  keepAliveInterval: wholeNumber,
  keepAliveTimeout: wholeNumber,
  connectionName: anything,
};

export interface ConnectionString {
  /** As the client takes it without a warning. */
  readonly url: string;
  /** The hosts, to be shown. */
  readonly hosts: string;
}

/** @throws {KurrentDbUnusable} */
export function connectionString(given: string): ConnectionString {
  const [whole, discover = '', user, hosts, query = ''] = SHAPE.exec(given.trim()) ?? [];
  if (whole === undefined || hosts === undefined || !hosts.split(',').every((host) => HOST.test(host))) {
    throw new KurrentDbUnusable('KURRENTDB_URL: must be kurrentdb://user:password@host:port,host:port?option=value');
  }
  const options = query === '' ? [] : query.split('&').map((option) => checked(option));
  for (const [one, other] of [['userCertFile', 'userKeyFile'], ['userKeyFile', 'userCertFile']]) {
    if (options.some(([name]) => name === one) && !options.some(([name]) => name === other)) {
      throw new KurrentDbUnusable(`KURRENTDB_URL: the option ${other} must be set together with ${one}`);
    }
  }
  const credentials = user === undefined ? '' : `${user}@`;
  const rest = options.map((option) => option.join('=')).join('&');
  return { url: `kurrentdb${discover.toLowerCase()}://${credentials}${hosts}${rest && `?${rest}`}`, hosts };
}

function checked(option: string): [string, string] {
  const at = option.indexOf('=');
  const given = at < 0 ? option : option.slice(0, at);
  const name = Object.keys(OPTIONS).find((known) => known.toLowerCase() === given.toLowerCase());
  if (name === undefined) {
    throw new KurrentDbUnusable(`KURRENTDB_URL: has an option that is not one of ${Object.keys(OPTIONS).join(', ')}`);
  }
  const value = at < 0 ? '' : option.slice(at + 1);
  const flaw = value === '' ? 'must have a value' : OPTIONS[name]!(decoded(value));
  if (flaw !== undefined) throw new KurrentDbUnusable(`KURRENTDB_URL: the option ${name} ${flaw}`);
  return [name, value];
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
