import { Command } from 'commander';
import { THING_KINDS, thingOfStream } from '#domain/things.js';
import type { Position } from '#event-store/event-store.js';
import { readHistory, type HistoryItem } from '#queries/history.js';
import { logPosition } from './log-position.js';
import { withStores } from './with-stores.js';

export const replayVerb = () =>
  new Command('replay')
    .description('fold one stream again, event by event, and show what each changed')
    .argument('<stream>', 'for example priority-csto-2024.2')
    .option('--at <position>', 'stop at this log position', logPosition)
    .option('--json', 'one event a line, as JSON')
    .action(async (stream: string, { at, json }: { at?: Position; json?: boolean }, command: Command) => {
      const of = thingOfStream(stream);
      if (!of) return command.error(`error: a stream’s name begins with ${THING_KINDS.map((one) => `${one}-`).join(', ')}`);
      return withStores(async ({ store }) => {
        const position = at ?? (await store.head());
        const history = await readHistory({ store, reportsOn: () => Promise.resolve([]) }, of.kind, of.id, position);
        const items = history.filter(({ thing }) => thing.kind === of.kind);
        if (items.length === 0) {
          console.error(`error: ${stream} has no events`);
          process.exitCode = 1;
        }
        for (const item of items) console.log(json ? JSON.stringify(item) : shown(item));
      });
    });

function shown(item: HistoryItem): string {
  const { subject, role, state, body } = item.actor;
  const who = `${subject} (${[role, state ?? body].filter(Boolean).join(' ')})`;
  const changes = item.changes.map(({ field, from, to }) => `    ${field}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
  return [`${item.revision}  ${item.type}  ${item.occurredOn}  ${who}  at ${item.position}, ${item.recordedAt}`, ...changes].join('\n');
}
