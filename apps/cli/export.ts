import { createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { recordRead } from '#access/reads.js';
import { BEGINNING } from '#event-store/event-store.js';
import { latestCheckpoint } from '#ledger/checkpoints.js';
import { exportLines } from '#ledger/export-lines.js';
import { exportEvents } from '#queries/event-log.js';
import { withStores } from './with-stores.js';

export const exportVerb = () =>
  new Command('export')
    .description('write the whole log, a canonical CloudEvent a line; it is recorded who did')
    .option('--out <file>', 'where to; the standard output where absent')
    .option('--checkpoint <file>', 'write the latest signed checkpoint there, and export exactly what it covers')
    .action(({ out, checkpoint }: { out?: string; checkpoint?: string }) =>
      withStores(async ({ db, store, clock }) => {
        const signed = checkpoint === undefined ? undefined : await latestCheckpoint(db);
        if (checkpoint !== undefined && !signed) {
          console.error('error: no checkpoint has been signed yet; the service signs them while it runs');
          process.exitCode = 1;
          return;
        }
        const position = signed?.position ?? (await store.head());
        const actor = { subject: userInfo().username, role: 'operator' } as const;
        await recordRead(db, clock(), { actor, door: 'mindet export', asked: { ...(out !== undefined && { out }) }, position });
        if (checkpoint !== undefined) await writeFile(checkpoint, signed!.note);
        await write(Readable.from(exportLines(exportEvents(store, {}, BEGINNING, position))), out);
        console.error(`The log up to position ${position} is exported${signed ? `, ${signed.size} events under the checkpoint` : ''}.`);
      }),
    );

/** Under its own name only once it is whole. */
async function write(lines: Readable, out: string | undefined): Promise<void> {
  if (out === undefined) return pipeline(lines, process.stdout, { end: false });
  const partial = `${out}.partial`;
  try {
    await pipeline(lines, createWriteStream(partial, { flush: true }));
    await rename(partial, out);
  } finally {
    await rm(partial, { force: true });
  }
}
