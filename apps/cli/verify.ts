import { setTimeout as pause } from 'node:timers/promises';
import { userInfo } from 'node:os';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { openReadSide } from '#composition/open-read-side.js';
import type { Stores } from '#composition/open-stores.js';
import { openVerifications, type VerificationsOfService } from '#composition/open-verifications.js';
import type { Position } from '#event-store/event-store.js';
import { comparePositions } from '#event-store/position.js';
import { NotProjected } from '#projections/errors.js';
import type { Difference } from '#verification/difference.js';
import type { Verification } from '#verification/records.js';
import { logPosition } from './log-position.js';
import { withStores } from './with-stores.js';

type Options = { readonly position?: Position; readonly json?: boolean };

const POLL_MS = 100;

export const verifyVerb = () =>
  new Command('verify')
    .description('fold the log once more, apart, and hold it against all that is read and against the ledger; fails where anything differs')
    .option('--position <position>', 'compare up to this log position; where the read side stands, where absent', logPosition)
    .option('--json', 'the verification and its differences, as JSON')
    .action((options: Options, command: Command) =>
      withStores(async (stores) => {
        const served = await servedPosition(stores);
        if (served === undefined) return command.error('error: the tables that are read are not there yet: start the service, or a projector', { exitCode: 2 });
        const position = options.position ?? served;
        if (comparePositions(position, served) > 0) return command.error(`error: position ${position} is after ${served}, where the read side stands`, { exitCode: 2 });
        await verifyThrough(stores, position, options);
      }),
    );

async function servedPosition(stores: Stores): Promise<Position | undefined> {
  const { model, close } = openReadSide(stores, { projecting: false, onTrouble: () => {}, closing: AbortSignal.abort() });
  try {
    return await model.side.position();
  } catch (error) {
    if (error instanceof NotProjected) return undefined;
    throw error;
  } finally {
    await close();
  }
}

async function verifyThrough(stores: Stores, position: Position, { json }: Options): Promise<void> {
  const closing = new AbortController();
  // The service does it where it runs; otherwise this process does.
  const verifications = openVerifications(stores, {
    verifying: true,
    onTrouble: (error) => console.error(`verification: ${error instanceof Error ? error.message : String(error)}`),
    closing: closing.signal,
  });
  try {
    const { id } = await verifications.ask(position, { subject: userInfo().username });
    const verification = await ended(verifications, id);
    tell(verification, await verifications.differences(id), json === true);
    process.exitCode = verification.state === 'failed' ? 2 : verification.differenceCount === 0 ? 0 : 1;
  } finally {
    closing.abort();
    await verifications.close();
  }
}

async function ended(verifications: VerificationsOfService, id: string): Promise<Verification> {
  const bar = new SingleBar({ format: '{phase} [{bar}] {percentage}% at position {position}', hideCursor: true });
  bar.start(100, 0, { phase: 'waiting', position: '0' });
  try {
    for (;;) {
      const verification = (await verifications.find(id))!;
      if (verification.state === 'done' || verification.state === 'failed') return verification;
      const { progress } = verification;
      if (progress) bar.update(progress.percent, { phase: progress.phase, position: progress.position });
      await pause(POLL_MS);
    }
  } finally {
    bar.stop();
  }
}

function tell(verification: Verification, differences: readonly Difference[], json: boolean): void {
  if (json) return console.log(JSON.stringify({ ...verification, differences }));
  const { position, lookedAt, differenceCount, failure } = verification;
  if (failure !== null) return console.error(`error: the verification could not be carried out: ${failure}`);
  for (const difference of differences) console.log(shown(difference));
  const { events, leaves, rows } = lookedAt!;
  const compared = `${events} events, ${leaves} leaves of the ledger and ${rows} versions of rows were compared, up to position ${position}`;
  if (differenceCount === 0) console.log(`Nothing differs: ${compared}.`);
  else console.error(`${differenceCount} differences${differenceCount! > differences.length ? `, of which the first ${differences.length} are shown` : ''}: ${compared}.`);
}

function shown({ what, event, position, projection, rebuilt, served }: Difference): string {
  const by = event ? `${event.type} ${event.id} at ${event.position}` : position === null ? '' : `at ${position}`;
  const values = rebuilt === undefined ? [] : [`    follows from the log: ${JSON.stringify(rebuilt)}`, `    served:               ${JSON.stringify(served)}`];
  return [[projection && `${projection}:`, what, by && `(${by})`].filter(Boolean).join(' '), ...values].join('\n');
}
