import { connectOrStartEmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';

/**
 * `hold-data-folder.ts <folder> service|guest`: uses the folder's database, says its URL in a line, and stops on
 * SIGTERM.
 */
const [folder, role] = process.argv.slice(2);
if (folder === undefined) throw new Error('which data folder?');
const start = role === 'guest' ? connectOrStartEmbeddedPostgres : startEmbeddedPostgres;
const postgres = await start({ dataFolder: folder });
process.once('SIGTERM', () => void postgres.stop());
process.stdout.write(`${postgres.url}\n`);
