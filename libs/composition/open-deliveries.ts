import type { CommandService } from '#commands/command-service.js';
import { serviceCommand } from '#commands/service-command.js';
import { channelSecrets, type ChannelSecrets } from '#delivery/channel-secrets.js';
import { mailer } from '#delivery/email/send-email.js';
import { keepDeliveries } from '#delivery/keep-deliveries.js';
import type { Attachment } from '#delivery/letters/letter.js';
import type { WebhookRules } from '#delivery/webhook/target.js';
import { FORMATS } from '#documents/formats.js';
import { makeDocument } from '#documents/kinds/catalogue.js';
import type { RenderPool } from '#documents/render-pool.js';
import type { Language } from '#domain/vocabulary.js';
import type { Environment } from '#platform/environment.js';
import { keyIn, readKey } from '#platform/key-file.js';
import type { Edition } from '#queries/editions.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import type { Stores } from './open-stores.js';

const LOOK_EVERY_MS = 1_000;

export type DeliveriesOfService = {
  readonly secrets: ChannelSecrets;
  readonly rules: WebhookRules;
  /** Sends from now on, as far as no other process does. What becomes of it is recorded by these commands. */
  begin(commands: Pick<CommandService, 'issue'>): void;
  /** Resolves once everything has ended, after `closing`. */
  close(): Promise<void>;
};

type Opening = { readonly onTrouble: (error: unknown) => void; readonly render: RenderPool['render']; readonly closing: AbortSignal };

/** @throws {KeyFileUnusable | DataFolderUnusable} */
export async function openDeliveries(environment: Environment, stores: Stores, side: ReadSide, { onTrouble, render, closing }: Opening): Promise<DeliveriesOfService> {
  const { CHANNEL_KEY_FILE, MINDET_DATA, SMTP_URL, SMTP_FROM, SMTP_TLS } = environment;
  const key = await (CHANNEL_KEY_FILE === undefined ? keyIn(MINDET_DATA, 'channel-key.json') : readKey(CHANNEL_KEY_FILE, 'CHANNEL_KEY_FILE'));
  const secrets = channelSecrets(key);
  const rules = { allowedHosts: environment.WEBHOOK_ALLOWED_HOSTS, privateNetworks: environment.WEBHOOK_PRIVATE_NETWORKS === 'allow' };
  const mail = SMTP_URL === undefined ? undefined : mailer({ url: SMTP_URL, from: SMTP_FROM!, tls: SMTP_TLS });
  const asPdf = madeOnce((edition, language) => agendaAsPdf(stores, side, render, edition, language));
  let kept = Promise.resolve();
  return {
    secrets,
    rules,
    begin(commands) {
      kept = keepDeliveries({
        ...stores,
        side,
        secrets,
        rules,
        ...(mail && { mailer: mail }),
        documents: async (edition, language) => [await asPdf(edition, language)],
        record: async (command, occasion) => void (await commands.issue(command, serviceCommand(occasion))),
        days: { before: environment.REMINDER_DAYS_BEFORE_DUE, after: environment.REMINDER_DAYS_AFTER_DUE },
        lookEvery: LOOK_EVERY_MS,
        ending: closing,
        onTrouble,
      });
    },
    async close() {
      await kept;
      mail?.close();
    },
  };
}

/** What a letter brings beside the content: the agenda as people read it. */
async function agendaAsPdf({ store }: Stores, side: ReadSide, render: RenderPool['render'], row: Edition, language: Language): Promise<Attachment> {
  const at = await momentOf(side, { asOf: { position: row.log_position } });
  const edition = { number: row.number, digest: row.digest, checkpoint: row.checkpoint?.note ?? null };
  const document = await makeDocument('agenda', { reading: { db: side.db, at, viewer: { seesAll: false } }, store, agenda: row.agenda, language, edition });
  return { filename: `${row.id}-${language}.pdf`, contentType: FORMATS.pdf, content: await render(document!, 'pdf') };
}

type Made = (edition: Edition, language: Language) => Promise<Attachment>;

/** Documents that are kept while they may be wanted: an edition goes to many states at once, in three languages. */
const KEPT = 12;

/** The same for everyone to whom an edition is sent; what failed is made anew. */
function madeOnce(make: Made): Made {
  const made = new Map<string, Promise<Attachment>>();
  return (edition, language) => {
    const key = `${edition.id} ${language}`;
    const known = made.get(key);
    if (known) return known;
    const making = make(edition, language);
    making.catch(() => made.delete(key));
    made.set(key, making);
    if (made.size > KEPT) made.delete(made.keys().next().value!);
    return making;
  };
}
