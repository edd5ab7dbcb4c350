import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder, removeDataFolder } from '../testing/data-folder.js';
import { accountForRoot, isRoot, type Account } from './account.js';
import { findBinaries, installedPackage } from './binaries.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { prepareHome, SHARED_FOLDER } from './home.js';

/** A folder that everyone can enter, and in it one that only this user can. */
let open: string;
let closed: string;

beforeEach(() => {
  open = makeDataFolder();
  closed = join(open, 'closed');
  mkdirSync(closed, { mode: 0o700 });
});

afterEach(() => removeDataFolder(open));

describe('a data folder in a folder that only this user can enter', () => {
  test('keeps its database from one start to the next', async () => {
    const dataFolder = join(closed, 'data');
    try {
      await (await startEmbeddedPostgres({ dataFolder })).stop();
      const home = realpathSync(join(dataFolder, 'postgres'));
      const made = statSync(join(home, 'cluster')).ino;
      await (await startEmbeddedPostgres({ dataFolder })).stop();
      expect(statSync(join(realpathSync(join(dataFolder, 'postgres')), 'cluster')).ino).toBe(made);
      expect(home.startsWith(isRoot() ? `${SHARED_FOLDER}/data-` : closed)).toBe(true);
    } finally {
      await removeDataFolder(dataFolder);
    }
  });
});

// Only root runs the server as another user.
if (isRoot()) {
  const mayRead = (account: Account, file: string) => spawnSync('cat', [file], { ...account, cwd: '/' }).status === 0;

  describe('for root', () => {
    test('a data folder that the server can reach holds the database itself', () => {
      const home = prepareHome(join(open, 'data'));
      expect(home.folder).toBe(join(open, 'data/postgres'));
      expect(home.account?.uid).toBeGreaterThan(0);
    });

    test('one that it cannot reach holds a link, and what it links to says whose it is', () => {
      const shared = join(open, 'shared');
      const home = prepareHome(join(closed, 'data'), shared);
      expect(lstatSync(join(closed, 'data/postgres')).isSymbolicLink()).toBe(true);
      expect(home.folder.startsWith(`${shared}/data-`)).toBe(true);
      expect(readFileSync(join(home.folder, 'belongs-to'), 'utf8')).toBe(`${closed}/data\n`);
      expect(prepareHome(join(closed, 'data'), shared)).toEqual(home);
    });

    test('a link whose folder is gone is said, not replaced by an empty database', () => {
      const shared = join(open, 'shared');
      rmSync(prepareHome(join(closed, 'data'), shared).folder, { recursive: true });
      expect(() => prepareHome(join(closed, 'data'), shared)).toThrow(/its database was in .* which is gone/);
    });

    test('a data folder that was closed to the server afterwards is said to be', () => {
      prepareHome(join(open, 'data'));
      chmodSync(join(open, 'data'), 0o700);
      expect(() => prepareHome(join(open, 'data'))).toThrow(/cannot enter/);
    });

    test('the server can read neither the password nor what else is in the data folder', async () => {
      const dataFolder = join(open, 'data');
      await (await startEmbeddedPostgres({ dataFolder })).stop();
      const { account, folder } = prepareHome(dataFolder);
      expect(readdirSync(folder).toSorted()).toEqual(['cluster', 'password', 'server.log']);
      expect(mayRead(account!, join(folder, 'password'))).toBe(false);
      expect(mayRead(account!, join(folder, 'cluster/PG_VERSION'))).toBe(true);
      expect(mayRead({ uid: 65533, gid: 65533 }, join(folder, 'cluster/PG_VERSION'))).toBe(false);
      expect(mayRead({ uid: 65533, gid: 65533 }, join(folder, 'server.log'))).toBe(false);
    });

    test('an installation that the server cannot reach is copied once to where it can', () => {
      const installed = installedPackage();
      execFileSync('cp', ['-a', installed.folder, join(closed, 'package')]);
      const hidden = { folder: join(closed, 'package'), version: installed.version };
      chmodSync(join(hidden.folder, 'native/share'), 0o700);
      const shared = join(open, 'shared');
      const found = findBinaries(accountForRoot(), shared, hidden);
      expect(found.postgres).toBe(join(shared, `postgresql-${installed.version}/bin/postgres`));
      expect(
        mayRead(accountForRoot(), join(shared, `postgresql-${installed.version}/share/postgresql/postgres.bki`)),
      ).toBe(true);
      const made = statSync(found.postgres).ctimeMs;
      expect(findBinaries(accountForRoot(), shared, hidden)).toEqual(found);
      expect(statSync(found.postgres).ctimeMs).toBe(made);
      expect(readdirSync(shared)).toHaveLength(1);
    });
  });
}

test('an installation without a PostgreSQL that runs is said to be one, with the way out', () => {
  expect(() => findBinaries(undefined, open, { folder: open, version: '18.0.0' })).toThrow(
    /does not run here.*DATABASE_URL/,
  );
});
