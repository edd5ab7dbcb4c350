import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { openLog, type OpenLog } from '#composition/open-log.js';
import { copyLog, NotACopy } from '#event-store/copy-log.js';
import { StoreUnavailable, WrongExpectedRevision } from '#event-store/errors.js';
import { readEnvironment } from '#platform/environment.js';

type Options = { readonly from: string; readonly to: string };

export const copyLogVerb = () =>
  new Command('copy-log')
    .description('copy an event log to another store, event by event as it is, and verify the copy; after an interruption it goes on')
    .requiredOption('--from <address>', 'postgres://… or kurrentdb://…')
    .requiredOption('--to <address>', 'postgres://… or kurrentdb://…: an empty log, or the beginning of the same one')
    .action(async ({ from, to }: Options, command: Command) => {
      for (const [option, address] of Object.entries({ from, to })) {
        if (!SCHEMES.test(address)) command.error(`error: --${option} is not an address that begins with postgres://, kurrentdb:// or esdb://`);
      }
      if (from === to) command.error('error: --from and --to are the same log');
      const { KURRENTDB_STREAM_PREFIX: prefix } = readEnvironment();
      const opening = { prefix, signal: new AbortController().signal };
      const source = await openLog(from, opening);
      let target: OpenLog | undefined;
      try {
        target = await openLog(to, opening);
        if ((await source.store.logId()) === (await target.store.logId())) command.error('error: --from and --to are the same log');
        await copy(source, target);
      } finally {
        await Promise.all([source.close(), target?.close()]);
      }
    });

const SCHEMES = /^(postgres|postgresql|kurrentdb|esdb)(\+discover)?:\/\/./;

async function copy(source: OpenLog, target: OpenLog): Promise<void> {
  // Positions are not counts everywhere: how many there are shows only at the end.
  const bar = new SingleBar({ format: '{doing}: {value} events, {duration_formatted}', hideCursor: true });
  bar.start(0, 0, { doing: 'comparing' });
  try {
    const { events, copied } = await copyLog(source.store, target, ({ doing, events }) => bar.update(events, { doing })).finally(() => bar.stop());
    console.log(`${copied} events are copied; all ${events} are the same in both logs, up to the head that the source had at the start.`);
  } catch (error) {
    if (!(error instanceof NotACopy || error instanceof StoreUnavailable || error instanceof WrongExpectedRevision)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
