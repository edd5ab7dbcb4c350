import { readFile, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { CommandsModule } from '#commands/commands.module.js';
import { createRegistry } from '../operations/metrics.js';
import { createApi } from '../create-api.js';
import { DEFAULT_SETTINGS } from '../parts.js';
import { ReadsModule } from '../reading/reads.module.js';
import { openApiDocument } from './document.js';

/** Writes the OpenAPI document to a file, or with `--check` fails where the file is not as it would be written. */
const [path = 'docs/openapi.json', flag] = process.argv.slice(2);

/** Routes are described without being used: nothing stands behind them here. */
const nothing = {} as never;
const app = await createApi({
  verifier: nothing,
  modules: [CommandsModule.on(nothing), ReadsModule.on(nothing, nothing, nothing, nothing, nothing, nothing)],
  health: [],
  registry: createRegistry(),
  logger: pino({ level: 'silent' }),
  settings: DEFAULT_SETTINGS,
});
const text = `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
await app.close();

if (flag !== '--check') await writeFile(path, text);
else if ((await readFile(path, 'utf8').catch(() => '')) !== text) {
  console.error(`${path} is stale: npm run docs:openapi`);
  process.exitCode = 1;
}
