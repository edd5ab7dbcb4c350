import type { Pool, PoolClient } from 'pg';
import type { StateCode } from '#domain/values.js';
import type { Language } from '#domain/vocabulary.js';
import { inTransaction } from '#platform/database.js';
import type { ChannelSecrets } from './channel-secrets.js';

/** How long a secret still signs after it was replaced. */
export const OVERLAP_MS = 24 * 60 * 60 * 1000;

export type ChannelKind = 'webhook' | 'email';

export type Channels = {
  readonly webhook?: { readonly url: string; readonly previousSignsUntil?: string } & Changed;
  readonly email?: { readonly addresses: readonly string[]; readonly language: Language } & Changed;
};
type Changed = { readonly changedAt: string; readonly changedBy: string };

/** Who changes a channel, and when. */
export type Change = { readonly by: string; readonly at: Date };

type Row = {
  state: StateCode; kind: ChannelKind; url: string | null; addresses: string[] | null; language: Language | null;
  secret: Buffer | null; previous_secret: Buffer | null; previous_until: Date | null; changed_at: Date; changed_by: string;
};

/** What a state receives by. Never a secret. */
export async function channelsOf(db: Pool, state: StateCode, now: Date): Promise<Channels> {
  const rows = await rowsOf(db, state);
  const said = rows.map((row) => [row.kind, shown(row, now)] as const);
  return Object.fromEntries(said);
}

function shown(row: Row, now: Date): object {
  const changed = { changedAt: row.changed_at.toISOString(), changedBy: row.changed_by };
  if (row.kind === 'email') return { addresses: row.addresses, language: row.language, ...changed };
  const overlaps = row.previous_until !== null && row.previous_until > now;
  return { url: row.url, ...(overlaps && { previousSignsUntil: row.previous_until!.toISOString() }), ...changed };
}

/** The kinds of channel that a state has. */
export const kindsOf = async (db: Pool | PoolClient, state: StateCode): Promise<ChannelKind[]> => (await rowsOf(db, state)).map(({ kind }) => kind);

/** Where a state's webhooks go, with the secrets that sign now. */
export async function webhookOf(db: Pool, secrets: ChannelSecrets, state: StateCode, now: Date) {
  const row = (await rowsOf(db, state)).find(({ kind }) => kind === 'webhook');
  if (!row) return undefined;
  const previous = row.previous_secret !== null && row.previous_until! > now ? [row.previous_secret] : [];
  return { url: row.url!, secrets: [row.secret!, ...previous].map((sealed) => secrets.open(sealed, state)) };
}

export async function emailOf(db: Pool, state: StateCode) {
  const row = (await rowsOf(db, state)).find(({ kind }) => kind === 'email');
  return row && { addresses: row.addresses!, language: row.language! };
}

/**
 * Where a state's webhooks go from now on.
 * @returns the secret, for the first time and never again; nothing where the channel had one, which stays
 */
export async function setWebhook(db: Pool, secrets: ChannelSecrets, state: StateCode, url: string, { by, at }: Change): Promise<string | undefined> {
  const secret = secrets.make();
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ made: boolean }>(
      `insert into delivery.channel (state, kind, url, secret, changed_at, changed_by) values ($1, 'webhook', $2, $3, $4, $5)
       on conflict (state, kind) do update set url = excluded.url, changed_at = excluded.changed_at, changed_by = excluded.changed_by
       returning xmax = 0 as made`,
      [state, url, secrets.seal(secret, state), at, by],
    );
    await note(client, state, 'webhook', 'set', new URL(url).host, { by, at });
    return rows[0]!.made ? secret : undefined;
  });
}

/** @returns the new secret and until when the old one also signs; nothing where the state has no webhook */
export async function rotateSecret(db: Pool, secrets: ChannelSecrets, state: StateCode, { by, at }: Change) {
  const secret = secrets.make();
  const until = new Date(at.getTime() + OVERLAP_MS);
  return inTransaction(db, async (client) => {
    const { rowCount } = await client.query(
      `update delivery.channel set previous_secret = secret, previous_until = $3, secret = $2, changed_at = $4, changed_by = $5
       where state = $1 and kind = 'webhook'`,
      [state, secrets.seal(secret, state), until, at, by],
    );
    if (rowCount === 0) return undefined;
    await note(client, state, 'webhook', 'secret-rotated', null, { by, at });
    return { secret, previousSignsUntil: until.toISOString() };
  });
}

/** @returns whether the state had none before */
export async function setEmail(db: Pool, state: StateCode, addresses: readonly string[], language: Language, { by, at }: Change): Promise<boolean> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ made: boolean }>(
      `insert into delivery.channel (state, kind, addresses, language, changed_at, changed_by) values ($1, 'email', $2, $3, $4, $5)
       on conflict (state, kind) do update
         set addresses = excluded.addresses, language = excluded.language, changed_at = excluded.changed_at, changed_by = excluded.changed_by
       returning xmax = 0 as made`,
      [state, addresses, language, at, by],
    );
    await note(client, state, 'email', 'set', addresses.join(', '), { by, at });
    return rows[0]!.made;
  });
}

/** @returns whether there was one */
export async function removeChannel(db: Pool, state: StateCode, kind: ChannelKind, { by, at }: Change): Promise<boolean> {
  return inTransaction(db, async (client) => {
    const { rowCount } = await client.query('delete from delivery.channel where state = $1 and kind = $2', [state, kind]);
    if (rowCount === 0) return false;
    await note(client, state, kind, 'removed', null, { by, at });
    return true;
  });
}

async function rowsOf(db: Pool | PoolClient, state: StateCode): Promise<Row[]> {
  const { rows } = await db.query<Row>({ name: 'delivery.channels_of', text: 'select * from delivery.channel where state = $1 order by kind desc', values: [state] });
  return rows;
}

const note = (client: PoolClient, state: StateCode, kind: ChannelKind, change: string, target: string | null, { by, at }: Change) =>
  client.query('insert into delivery.channel_change (state, kind, change, target, at, by) values ($1, $2, $3, $4, $5, $6)', [state, kind, change, target, at, by]);
