import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { openCheckpoint, UntrustedCheckpoint } from '#ledger/checkpoint.js';
import { linesOf } from '#ledger/lines.js';
import { MalformedNote, parseVerifier } from '#ledger/signed-note.js';
import { verifyExport } from '#ledger/verify-export.js';
import { keyText } from './key-text.js';

type Options = { readonly checkpoint: string; readonly key: string };

export const verifyExportVerb = () =>
  new Command('verify-export')
    .description('tell whether an export is the whole log under a signed checkpoint: needs no server, no database and no network')
    .argument('<file>', 'the export, as NDJSON')
    .requiredOption('--checkpoint <file>', 'the signed checkpoint')
    .requiredOption('--key <key>', "the log's public key, name+id+base64, or a file that holds it")
    .action(async (file: string, { checkpoint, key }: Options) => {
      try {
        const trusted = openCheckpoint(await readFile(checkpoint, 'utf8'), parseVerifier(await keyText(key)));
        const bar = new SingleBar({ format: 'verifying [{bar}] {percentage}% {value}/{total} events', hideCursor: true, etaBuffer: 50 });
        bar.start(trusted.checkpoint.size, 0);
        const verdict = await verifyExport(linesOf(createReadStream(file)), trusted.checkpoint, (events) => bar.update(events)).finally(() => bar.stop());
        if (verdict.holds) {
          console.log(`holds: all ${verdict.events} events that ${trusted.checkpoint.origin} signed for, unchanged and in order`);
        } else {
          console.error(`does not hold: ${verdict.reason}`);
          process.exitCode = 1;
        }
      } catch (error) {
        if (!isForeseen(error)) throw error;
        console.error(`error: ${error.message}`);
        process.exitCode = 2;
      }
    });

const isForeseen = (error: unknown): error is Error =>
  error instanceof MalformedNote || error instanceof UntrustedCheckpoint || (error instanceof Error && 'code' in error && 'path' in error);
