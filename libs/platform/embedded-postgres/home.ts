import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { makeFolder } from '../make-folder.js';
import { accountForRoot, canEnter, isRoot, type Account } from './account.js';
import { DataFolderUnusable } from './data-folder-errors.js';

/** Root's place for what PostgreSQL must reach where it cannot reach the data folder or the installation. */
export const SHARED_FOLDER = '/var/lib/mindet';

/** Where everything of one embedded server is kept. */
export interface Home {
  /** Without symbolic links; holds `cluster`, `password` and `server.log`. */
  readonly folder: string;
  /** Who the server runs as, where not this process's own user. It owns the cluster and nothing else here. */
  readonly account: Account | undefined;
}

/**
 * Finds or makes the home of a data folder: `postgres` in it. For root, where the server's user cannot pass through the
 * data folder's parents, that is a link to a folder in `shared`.
 * @throws {DataFolderUnusable}
 */
export function prepareHome(dataFolder: string, shared = SHARED_FOLDER): Home {
  const pointer = join(dataFolder, 'postgres');
  if (!isRoot()) {
    makeFolder(pointer, 0o700);
    return { folder: realpathSync(pointer), account: undefined };
  }
  if (!existsSync(dataFolder)) {
    makeFolder(dataFolder);
    // Passable, whatever the umask: the secrets in it are files of mode 0600.
    chmodSync(dataFolder, 0o711);
  }
  if (lstatSync(pointer, { throwIfNoEntry: false }) === undefined) makeHome(dataFolder, pointer, shared);
  if (!existsSync(pointer)) {
    throw new DataFolderUnusable(
      dataFolder,
      `its database was in ${readlinkSync(pointer)}, which is gone; bring that back, or remove ${pointer} to begin anew`,
    );
  }
  const folder = realpathSync(pointer);
  const account = ownerOf(join(folder, 'cluster')) ?? accountForRoot();
  if (!canEnter(account, folder)) {
    throw new DataFolderUnusable(
      dataFolder,
      `PostgreSQL does not run as root, and uid ${account.uid} cannot enter ${folder}`,
    );
  }
  return { folder, account };
}

function makeHome(dataFolder: string, pointer: string, shared: string): void {
  if (canEnter(accountForRoot(), dataFolder)) {
    makeFolder(pointer);
    chmodSync(pointer, 0o711);
    return;
  }
  makeFolder(shared, 0o755);
  const home = mkdtempSync(join(shared, `${basename(dataFolder)}-`));
  chmodSync(home, 0o711);
  writeFileSync(join(home, 'belongs-to'), `${realpathSync(dataFolder)}\n`);
  try {
    symlinkSync(home, pointer);
  } catch (error) {
    rmSync(home, { recursive: true });
    // Another process was first.
    if (!existsSync(pointer)) throw error;
  }
}

/** A cluster that an ordinary user made goes on under that user. */
function ownerOf(cluster: string): Account | undefined {
  const stat = statSync(cluster, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
}
