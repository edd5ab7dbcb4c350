import { Command } from 'commander';
import { readAgendaSteps } from '#commands/agenda-file/read.js';
import { loadAgenda, streamsOf, type Loaded } from '#commands/load-agenda.js';
import { rehearsalLog } from '#commands/rehearsal-log.js';
import { commandsOn } from '#commands/standalone.js';
import { randomId } from '#platform/ids.js';
import { withStores } from './with-stores.js';

export const loadVerb = () =>
  new Command('load')
    .description('record an agenda from a file, through the ordinary commands; a second time it changes nothing')
    .argument('<agenda.yaml>', 'the file')
    .option('--dry-run', 'say what would be recorded, and record nothing')
    .action(async (path: string, { dryRun = false }: { dryRun?: boolean }) => {
      const steps = await readAgendaSteps(path);
      await withStores(async ({ store, keys, clock }) => {
        const log = dryRun ? await rehearsalLog(store, streamsOf(steps), clock) : store;
        const commands = await commandsOn({ store: log, keys, clock });
        const loaded: Loaded[] = [];
        for await (const one of loadAgenda(commands, steps, `load-${randomId()}`)) {
          loaded.push(one);
          if (one.outcome !== 'unchanged') console.log(line(one));
        }
        console.log(summary(loaded, dryRun));
        // Something in the file is not so in the log: whoever runs this in a script must learn of it.
        if (loaded.some(({ outcome }) => outcome === 'differs' || outcome === 'refused')) process.exitCode = 1;
      });
    });

function line(loaded: Loaded): string {
  const { type, data } = loaded.step.command;
  const names = Object.entries(data).flatMap(([name, value]) => (/Id$|^body$|^state$/.test(name) && typeof value === 'string' ? value : []));
  const reason = loaded.outcome === 'refused' ? `: ${loaded.rejection.code}: ${loaded.rejection.detail}` : '';
  return `${loaded.outcome.padEnd(9)} ${type} ${[...new Set(names)].join(' ')}${reason}`;
}

function summary(loaded: readonly Loaded[], dryRun: boolean): string {
  const count = (outcome: Loaded['outcome']) => loaded.filter((one) => one.outcome === outcome).length;
  const parts = [
    `${count('recorded')} ${dryRun ? 'would be recorded' : 'recorded'}`,
    `${count('unchanged')} unchanged`,
    ...(count('differs') ? [`${count('differs')} stand otherwise than the file has them`] : []),
    ...(count('refused') ? [`${count('refused')} refused`] : []),
  ];
  return `${loaded.length} steps: ${parts.join(', ')}.`;
}
