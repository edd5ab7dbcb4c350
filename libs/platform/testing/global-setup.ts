import { createRequire } from 'node:module';

// Jest loads this file outside its own module system, where `moduleNameMapper` does not reach.
createRequire(import.meta.url)('../../../typescript.js');

/** One cluster for the whole test run, without the cost of durability. */
export default async function startTestCluster(): Promise<void> {
  const { makeDataFolder, removeDataFolder, sweepDataFolders } = await import('./data-folder.js');
  const { startEmbeddedPostgres } = await import('../embedded-postgres/embedded-postgres.js');
  await sweepDataFolders();
  const dataFolder = makeDataFolder();
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  process.env['MINDET_TEST_DATABASE_URL'] = postgres.url;
  globalThis.stopTestCluster = async () => {
    await postgres.stop();
    await removeDataFolder(dataFolder);
  };
}

declare global {
  var stopTestCluster: (() => Promise<void>) | undefined;
}
