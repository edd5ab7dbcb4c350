import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { openReadSide, type ReadSideOfService } from '#composition/open-read-side.js';
import type { Stores } from '#composition/open-stores.js';
import type { ProjectionStatus } from '#projections/status.js';
import { withStores } from './with-stores.js';

export const projectionsVerb = () =>
  new Command('projections')
    .description('look after the tables that are read')
    .addCommand(new Command('list').description('how far each projection is').action(list))
    .addCommand(
      new Command('rebuild')
        .description('build a projection anew from the log; the old tables serve until the new ones take their place')
        .argument('<name>', 'of the projection')
        .action(rebuild),
    )
    .addCommand(
      new Command('reset')
        .description('empty the tables, so that they are built from the event log that is configured now; nothing may run meanwhile')
        .action(reset),
    );

async function list(): Promise<void> {
  await withStores(async (stores) => {
    const { status } = openReadSide(stores, { projecting: false, onTrouble: complain, closing: AbortSignal.abort() });
    for (const one of await status()) console.log(line(one));
  });
}

const line = ({ name, version, state, position, lag, stalled }: ProjectionStatus): string =>
  `${name.padEnd(10)} version ${version}  ${state.padEnd(10)} at ${position}, ${lag} behind` +
  (stalled ? `; cannot take event ${stalled.eventId} at ${stalled.position}: ${stalled.error}` : '');

async function reset(): Promise<void> {
  await withStores(() => Promise.resolve(), { resetReadSide: true });
  console.log('The tables that are read are empty. The service, or a projector, builds them from the log.');
}

async function rebuild(name: string): Promise<void> {
  await withStores(async (stores) => {
    const closing = new AbortController();
    // The service does it where it runs; otherwise this process keeps the projections for as long as it takes.
    const readSide = openReadSide(stores, { projecting: true, onTrouble: complain, closing: closing.signal });
    try {
      await rebuildThrough(readSide, stores, name);
    } finally {
      closing.abort();
      await readSide.close();
    }
  });
}

async function rebuildThrough(readSide: ReadSideOfService, stores: Stores, name: string): Promise<void> {
  const names = (await readSide.status()).map((one) => one.name);
  if (!names.includes(name)) {
    console.error(`error: there is no projection ${name}; there are ${names.join(', ')}`);
    process.exitCode = 1;
    return;
  }
  await readSide.requestRebuild(name);
  const bar = new SingleBar({ format: `${name} [{bar}] {percentage}% {value}/{total}`, hideCursor: true, etaBuffer: 50 });
  bar.start(Number(await stores.store.head()), 0);
  try {
    while (await readSide.isRebuilding(name)) {
      const status = (await readSide.status()).find((one) => one.name === name)!;
      bar.setTotal(Number(status.head));
      bar.update(Number(status.rebuild?.position ?? 0));
      await pause(200);
    }
    bar.update(bar.getTotal());
  } finally {
    bar.stop();
  }
  console.log(`${name} is built anew.`);
}

const complain = (projection: string, error: unknown): void =>
  console.error(`${projection}: ${error instanceof Error ? error.message : String(error)}`);
