import { styleText } from 'node:util';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { openReadSide } from '#composition/open-read-side.js';
import type { Stores } from '#composition/open-stores.js';
import { isCalendarDate } from '#domain/calendar-date.js';
import { EVENT_TYPES } from '#domain/catalogue.js';
import { THING_KINDS, type ThingKind } from '#domain/things.js';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';
import type { Position } from '#event-store/event-store.js';
import { isPosition } from '#event-store/position.js';
import { inWords } from '#queries/history-words.js';
import { readHistory, type Bound } from '#queries/history.js';
import { momentOf } from '#queries/moment.js';
import { reportsOn } from '#queries/reports-on.js';
import { logPosition } from './log-position.js';
import { printedItem } from './printed-history.js';
import { withStores } from './with-stores.js';

type Options = { lang: Language; actor?: string; type?: string; from?: Bound; to?: Bound; at?: Position; json?: boolean };

export const historyVerb = () =>
  new Command('history')
    .description('tell what happened to one thing: who, when, under which decision, and what changed from what to what')
    .addArgument(new Argument('<kind>', 'of the thing').choices(THING_KINDS))
    .argument('<id>', 'for example csto-2024.2.1')
    .addOption(new Option('--lang <language>', 'of what is told').choices(LANGUAGES).default('ru'))
    .option('--actor <subject>', 'what one subject did alone')
    .addOption(new Option('--type <event>', 'one type of event alone').choices(EVENT_TYPES))
    .option('--from <moment>', 'recorded then or later: a day, an RFC 3339 time or a log position', bound('T00:00:00.000Z'))
    .option('--to <moment>', 'recorded then or earlier', bound('T23:59:59.999Z'))
    .option('--at <position>', 'as it was at this log position', logPosition)
    .option('--json', 'one event a line, as JSON')
    .action((kind: ThingKind, id: string, options: Options) => withStores((stores) => tell(stores, kind, id, options)));

async function tell(stores: Stores, kind: ThingKind, id: string, { lang, at, json, ...filter }: Options): Promise<void> {
  const position = at ?? (await stores.store.head());
  const ground = { store: stores.store, reportsOn: (subject: string) => reportsAt(stores, position, subject) };
  const items = await readHistory(ground, kind, id, position, filter);
  if (items.length === 0) {
    console.error(`error: nothing is told of ${kind} ${id}`);
    process.exitCode = 1;
    return;
  }
  const paint = (style: Parameters<typeof styleText>[0], text: string) => styleText(style, text, { stream: process.stdout });
  const texts = items.map((item) => inWords(item, lang)).map((item) => (json ? JSON.stringify(item) : printedItem(item, lang, paint)));
  console.log(texts.join(json ? '\n' : '\n\n'));
}

/** The service keeps the read side where it runs; otherwise this process does for as long as it takes. */
async function reportsAt(stores: Stores, position: Position, subject: string): Promise<string[]> {
  const closing = new AbortController();
  const readSide = openReadSide(stores, { projecting: true, onTrouble: (name, error) => console.error(`${name}:`, error), closing: closing.signal });
  try {
    const at = await momentOf(readSide.model.side, { asOf: { position }, minPosition: position });
    return await reportsOn({ db: stores.db, at, viewer: { seesAll: true } }, subject);
  } finally {
    closing.abort();
    await readSide.close();
  }
}

function bound(timeOfDay: string): (text: string) => Bound {
  return (text) => {
    if (isPosition(text)) return { position: text };
    const time = new Date(isCalendarDate(text) ? text + timeOfDay : text);
    if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('It is a day, an RFC 3339 time or a log position.');
    return { time };
  };
}
