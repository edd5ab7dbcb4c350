import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest loads this file outside its module system: here the sources find one another by this hook, not by `moduleNameMapper`. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/') ? specifier.replace(/\.js$/, '.ts') : specifier, context),
});

/** One cluster for the whole test run, without the cost of durability. */
export default async function startTestCluster(): Promise<void> {
  const { startEmbeddedPostgres } = await import('../embedded-postgres/embedded-postgres.js');
  const dataFolder = mkdtempSync(join(tmpdir(), 'mindet-test-'));
  chmodSync(dataFolder, 0o711);
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  process.env['MINDET_TEST_DATABASE_URL'] = postgres.url;
  globalThis.stopTestCluster = async () => {
    await postgres.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}

declare global {
  var stopTestCluster: (() => Promise<void>) | undefined;
}
