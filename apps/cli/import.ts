import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { importLog, LogNotEmpty } from '#event-store-postgres/import-log.js';
import { openCheckpoint, UntrustedCheckpoint, type Checkpoint } from '#ledger/checkpoint.js';
import { linesOf } from '#ledger/lines.js';
import { MalformedNote, parseVerifier } from '#ledger/signed-note.js';
import { verifyExport } from '#ledger/verify-export.js';
import { eventsIn, ExportUnsound, soundEvents } from './exported-events.js';
import { keyText } from './key-text.js';
import { withStores } from './with-stores.js';

type Options = { readonly checkpoint?: string; readonly key?: string };

export const importVerb = () =>
  new Command('import')
    .description('record the events of an export in an empty log, exactly as they were; nothing is recorded unless everything verifies')
    .argument('<file>', 'the export, as NDJSON')
    .option('--checkpoint <file>', 'a signed checkpoint that the export must be the whole log under')
    .option('--key <key>', "with it: the log's public key, name+id+base64, or a file that holds it")
    .action(async (file: string, { checkpoint, key }: Options, command: Command) => {
      if ((checkpoint === undefined) !== (key === undefined)) command.error('error: --checkpoint and --key go together');
      try {
        const trusted = checkpoint === undefined ? undefined : openCheckpoint(await readFile(checkpoint, 'utf8'), parseVerifier(await keyText(key!))).checkpoint;
        await withStores(async ({ db, store }, { EVENT_STORE }) => {
          if (EVENT_STORE !== 'postgres') throw new Unimportable(`an import is into a log in PostgreSQL, and EVENT_STORE is ${EVENT_STORE}`);
          if ((await store.readAll('0', 1)).length > 0) throw new LogNotEmpty('the log has events already; an import is for an empty one');
          const digest = await requireSound(file, trusted);
          const count = await importLog(db, eventsIn(unchanged(file, digest)));
          console.log(`${count} events are imported.`);
        });
      } catch (error) {
        if (!isForeseen(error)) throw error;
        console.error(`error: ${error.message}. Nothing was imported.`);
        process.exitCode = 1;
      }
    });

/** What was asked for cannot be done with this file, or here. */
class Unimportable extends Error {}

/**
 * Reads it whole, before anything is written.
 * @returns of what was found sound, in hexadecimal
 */
async function requireSound(file: string, checkpoint: Checkpoint | undefined): Promise<string> {
  if (checkpoint) {
    const verdict = await verifyExport(linesOf(createReadStream(file)), checkpoint);
    if (!verdict.holds) throw new Unimportable(verdict.reason);
  }
  const hash = createHash('sha256');
  for await (const _event of soundEvents(digested(file, hash)));
  return hash.digest('hex');
}

/** The lines once more. Where they are others than those that were found sound, reading them ends with an error. */
async function* unchanged(file: string, digest: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  yield* digested(file, hash);
  if (hash.digest('hex') !== digest) throw new Unimportable(`${file} was changed while it was imported`);
}

async function* digested(file: string, hash: Hash): AsyncGenerator<Buffer> {
  for await (const line of linesOf(createReadStream(file))) {
    hash.update(line).update('\n');
    yield line;
  }
}

const isForeseen = (error: unknown): error is Error =>
  [ExportUnsound, LogNotEmpty, Unimportable, UntrustedCheckpoint, MalformedNote].some((kind) => error instanceof kind) ||
  (error instanceof Error && 'code' in error && error.code === 'ENOENT');
