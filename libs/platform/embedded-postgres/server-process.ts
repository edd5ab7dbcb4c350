import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import type { Account } from './account.js';

export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
}

/** What a server is started with. */
export interface ServerCommand {
  readonly postgres: string;
  readonly cluster: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly account: Account | undefined;
  readonly logFile: string;
}

/** The server that runs on the cluster, whoever started it. A pid that now is another program's is not taken for it. */
export function findServer(cluster: string): ServerProcess | undefined {
  const [pid, , , port] = pidFileOf(cluster);
  const server = { pid: Number(pid), port: Number(port) };
  return server.port > 0 && isRunning(server.pid, cluster) ? server : undefined;
}

/** Whether the pid is, now, the main process of a server on this cluster. */
export function isRunning(pid: number, cluster: string): boolean {
  return commandLine(pid).includes(` -D ${cluster} `);
}

/**
 * Starts a server and answers at once; that it lives and accepts connections is for the caller to see.
 * It is detached, so that Ctrl-C at the terminal reaches this process only, and the server lives until it is told to
 * stop.
 */
export async function launchServer(command: ServerCommand, port: number | undefined): Promise<ServerProcess> {
  discardForeignPidFile(command.cluster);
  const chosen = port ?? (await freePort());
  const log = openLog(command.logFile);
  try {
    const child = spawn(command.postgres, argsOf(command, chosen), {
      ...command.account,
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', log, log],
    });
    await once(child, 'spawn');
    child.unref();
    return { pid: child.pid!, port: chosen };
  } finally {
    closeSync(log);
  }
}

/** Whether the running server was started by this very command, its port aside. */
export function wasStartedBy(command: ServerCommand): boolean {
  const file = join(command.cluster, 'postmaster.opts');
  const port = findServer(command.cluster)?.port;
  if (port === undefined || !existsSync(file)) return false;
  const expected = [command.postgres, ...argsOf(command, port).map((arg) => `"${arg}"`)].join(' ');
  return readFileSync(file, 'utf8').trim() === expected;
}

/**
 * Ends open connections and waits until the server is gone, its data on disk. One that does not end in a minute is made
 * to.
 */
export async function stopServer(server: ServerProcess, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!isRunning(server.pid, cluster)) return;
    process.kill(server.pid, signal);
    for (let waited = 0; waited < 60_000 && isRunning(server.pid, cluster); waited += 20) await delay(20);
  }
}

/** The last thing the server said of an error, since the log had this size. */
export function lastComplaint(logFile: string, since: number): string {
  const lines = readFileSync(logFile).subarray(since).toString('utf8').trim().split('\n');
  return (
    lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line))?.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') ??
    lines.at(-1) ??
    ''
  );
}

function argsOf(command: ServerCommand, port: number): string[] {
  const settings = Object.entries(command.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', command.cluster, '-p', String(port), ...settings];
}

/**
 * PostgreSQL itself sees to a pid file whose process is gone, and with more care. But where the pid has been given to
 * another program of the same user, or nobody has collected the remains of the server, it takes that for one and
 * refuses to start.
 */
function discardForeignPidFile(cluster: string): void {
  const pid = Number(pidFileOf(cluster)[0]);
  if (processExists(pid) && !isRunning(pid, cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Whether the system has such a process, be it only what is left of one that nobody has waited for. */
export function processExists(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return types.isNativeError(error) && 'code' in error && error.code === 'EPERM';
  }
}

function pidFileOf(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Empty where there is no such process, or only what is left of one that has ended. */
function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  // Not every system has /proc, and not every image has ps.
  if (!existsSync('/proc/self/cmdline')) {
    return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

const LOG_LIMIT = 10 * 1024 * 1024;

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(file, `${file}.1`);
  return openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
