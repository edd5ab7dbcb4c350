import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { DOCUMENT_KINDS } from '#documents/document.js';
import { FORMAT_NAMES } from '#documents/formats.js';
import { KINDS, makeDocument } from '#documents/kinds/catalogue.js';
import { thingOfId } from '#documents/kinds/thing-of-id.js';
import { viewerOfDocument } from '#documents/kinds/viewer.js';
import { render } from '#documents/render.js';
import { LANGUAGES, type Language } from '#domain/vocabulary.js';
import { isPosition } from '#event-store/position.js';
import { findEdition } from '#queries/editions.js';
import { momentOf } from '#queries/moment.js';
import { withReadSide } from './with-read-side.js';
import { withStores } from './with-stores.js';

type Options = {
  readonly lang: Language; readonly asOf?: string; readonly edition?: string; readonly from?: string; readonly state?: string; readonly body?: string; readonly thing?: string; readonly out?: string;
};

export const documentVerb = () =>
  new Command('document')
    .description('make a document of an agenda: the same kind, language and moment are always the same bytes')
    .argument('<agenda>', 'its id')
    .argument('<kind.format>', `kinds ${DOCUMENT_KINDS.join(', ')}; formats ${FORMAT_NAMES.join(', ')}`)
    .addOption(new Option('--lang <language>', 'of the document').choices([...LANGUAGES]).default('ru'))
    .option('--as-of <moment>', 'a log position or an RFC 3339 time; now where absent')
    .option('--edition <edition>', 'as it was when this edition was dispatched')
    .option('--from <moment>', 'of changes: the earlier moment')
    .option('--state <state>', 'of the kind state')
    .option('--body <body>', 'of the kind body')
    .option('--thing <id>', 'of the kind audit: a priority, commitment, body, edition or the agenda')
    .option('--out <file>', 'where to; the standard output where absent')
    .action(async (agenda: string, name: string, options: Options, command: Command) => {
      const [kindName, formatName] = name.split('.');
      const kind = DOCUMENT_KINDS.find((one) => one === kindName) ?? command.error(`error: there is no document ${kindName}; there are ${DOCUMENT_KINDS.join(', ')}`);
      const format = FORMAT_NAMES.find((one) => one === formatName) ?? command.error(`error: there is no format ${formatName}; there are ${FORMAT_NAMES.join(', ')}`);
      const { needs } = KINDS[kind];
      if (needs !== undefined && needs !== 'from' && options[needs] === undefined) command.error(`error: a document of the kind ${kind} needs --${needs}`);
      const thing = options.thing === undefined ? undefined : thingOfId(options.thing, agenda);
      if (options.thing !== undefined && !thing) command.error(`error: ${options.thing} is no id of anything that has a history of its own`);
      await withStores((stores, environment) =>
        withReadSide(stores, environment, async ({ model: { side } }) => {
          const minPosition = await stores.store.head();
          const now = await momentOf(side, { minPosition });
          const row = options.edition === undefined ? undefined : await findEdition({ db: side.db, at: now, viewer: { seesAll: false } }, options.edition);
          if (options.edition !== undefined && !row) command.error(`error: ${options.edition} was never dispatched`);
          const at = row ? await momentOf(side, { asOf: { position: row.log_position } }) : options.asOf === undefined ? now : await momentOf(side, { asOf: asked(options.asOf) });
          const document = await makeDocument(kind, {
            reading: { db: side.db, at, viewer: viewerOfDocument(kind, { seesAll: false }, options.state) },
            store: stores.store,
            agenda,
            language: options.lang,
            ...(row && { edition: { number: row.number, digest: row.digest, checkpoint: row.checkpoint?.note ?? null } }),
            ...(options.state !== undefined && { state: options.state }),
            ...(options.body !== undefined && { body: options.body }),
            ...(thing && { thing }),
            from: await momentOf(side, { asOf: asked(options.from ?? '0') }),
          });
          if (!document) return command.error(`error: there was nothing at position ${at.position} to make it of`);
          const bytes = await render(document, format);
          if (options.out === undefined) process.stdout.write(bytes);
          else await writeFile(options.out, bytes);
        }),
      );
    });

const asked = (moment: string) => (isPosition(moment) ? { position: moment } : { time: new Date(moment) });
