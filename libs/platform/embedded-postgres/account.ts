import { spawnSync } from 'node:child_process';

/** The user that the server runs as where that is not this process's own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/** PostgreSQL refuses to run as root: its own user where the machine has one, else the one that owns nothing. */
export function accountForRoot(): Account {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = [id('-u', name), id('-g', name)];
    if (uid && gid) return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as');
}

function id(option: '-u' | '-g', name: string): number {
  return Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout);
}

/**
 * Whether the account can enter the folder: it takes the right to pass through every parent. Asked of the system
 * itself.
 */
export function canEnter(account: Account, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}
