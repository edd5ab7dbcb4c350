import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processExists } from '#platform/embedded-postgres/server-process.js';
import { packageRoot } from '#platform/package-root.js';

/** In the place of a program: says its pid, and ends when it is asked to. */
const PROGRAM = `
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { console.log('asked by ' + signal); process.exit(0); });
  console.log('pid ' + process.pid);
  setInterval(() => {}, 1_000);
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mindet-scripts-'));
  const { scripts } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts: { ...scripts, build: 'true' } }));
  for (const app of ['api', 'cli']) {
    mkdirSync(join(folder, 'dist/apps', app), { recursive: true });
    writeFileSync(join(folder, 'dist/apps', app, 'main.js'), PROGRAM);
  }
});

afterEach(() => rmSync(folder, { recursive: true }));

describe.each(['start', 'mindet'])('npm run %s', (script) => {
  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on to the program, and leaves nothing running', async (signal) => {
    const npm = spawn('npm', ['run', script], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    let printed = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const ended = once(npm, 'exit');
    while (!printed.includes('pid')) await once(npm.stdout, 'data');
    const pid = Number(/pid (\d+)/.exec(printed)![1]);
    npm.kill(signal);
    await ended;
    try {
      expect(processExists(pid)).toBe(false);
      expect(printed).toContain(`asked by ${signal}`);
    } finally {
      if (processExists(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});
