import type { Pool, PoolClient } from 'pg';
import { decode, type Event } from '#domain/catalogue.js';
import type { Position, EventStore, RecordedEvent } from '#event-store/event-store.js';
import { BEGINNING } from '#event-store/event-store.js';
import { reporterOf } from '#domain/identifiers.js';
import type { StateCode } from '#domain/values.js';
import type { Clock } from '#platform/clock.js';
import { inTransaction } from '#platform/database.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { rowAt, rowsAt, type Reading } from '#queries/rows.js';
import { report } from '#projections/reports.js';
import { commitment, priority } from '#projections/work-tables.js';
import { kindsOf } from './channels.js';
import { addMessages, type NewMessage } from './messages.js';
import type { Payload } from './payload.js';

type Following = { readonly db: Pool; readonly store: EventStore; readonly side: ReadSide; readonly clock: Clock };

/**
 * Makes messages of what is recorded, from now on: each event once, since the messages and how far the log was followed
 * are written together. A log that comes here for the first time, by an import or from another house, is not sent again.
 */
export async function followLog({ db, store, side, clock }: Following, signal: AbortSignal): Promise<void> {
  const log = await store.logId();
  let position = await startOf(db, store, log);
  for await (const { events } of store.subscribe(position, signal)) {
    if (events.length === 0) continue;
    const messages = (await Promise.all(events.map((event) => tidingsOf(side, event)))).flat();
    const last = events.at(-1)!.position;
    await inTransaction(db, async (client) => {
      const { rowCount } = await client.query('update delivery.followed set position = $1 where log = $2 and position = $3', [last, log, position]);
      if (rowCount === 0) throw new Error('another process follows the log for deliveries');
      await addMessages(client, await throughChannels(client, messages), clock());
    });
    position = last;
  }
}

/** What a state is to be told, by whatever channels it has. */
type Tidings = Payload & { readonly agenda: string; readonly state: StateCode; readonly occasion: string };

async function throughChannels(client: PoolClient, tidings: readonly Tidings[]): Promise<NewMessage[]> {
  const messages: NewMessage[] = [];
  for (const one of tidings) for (const channel of await kindsOf(client, one.state)) messages.push({ ...one, channel });
  return messages;
}

async function startOf(db: Pool, store: EventStore, log: string): Promise<Position> {
  const { rows } = await db.query<{ position: Position }>(
    `insert into delivery.followed (log, position) values ($1, $2)
     on conflict (one) do update set log = excluded.log, position = case when followed.log = excluded.log then followed.position else excluded.position end
     returning position`,
    [log, await store.head()],
  );
  return rows[0]?.position ?? BEGINNING;
}

async function tidingsOf(side: ReadSide, recorded: RecordedEvent): Promise<Tidings[]> {
  const event = decode(recorded);
  if (!event) return [];
  switch (event.type) {
    case 'EditionDispatched': {
      const { editionId, agendaId, recipients } = event.data;
      return recipients.map((state) => ({ kind: 'edition', payload: { edition: editionId }, agenda: agendaId, state, occasion: editionOccasion(editionId) }));
    }
    case 'ReportReturned': {
      const { reportId, agendaId: agenda, reporter, subject, period, reason } = event.data;
      if (!('state' in reporter)) return [];
      const title = await titleOf(await readingAt(side, recorded.position), subject);
      return [{ kind: 'returned', payload: { report: reportId, subject, title, period, reason }, agenda, state: reporter.state, occasion: recorded.id }];
    }
    case 'PriorityAmended':
    case 'CommitmentAmended':
      return changesText(event) ? lapsedBy(await readingAt(side, recorded.position), event, recorded.id) : [];
    default:
      return [];
  }
}

export const editionOccasion = (editionId: string): string => `edition ${editionId}`;

type Amendment = Extract<Event, { type: 'PriorityAmended' | 'CommitmentAmended' }>;

const changesText = ({ type, data }: Amendment): boolean =>
  type === 'CommitmentAmended' ? data.text !== undefined : data.title !== undefined || data.summary !== undefined;

/** The accepted reports of states that were made on the text just before. */
async function lapsedBy(reading: Reading, { type, data }: Amendment, occasion: string): Promise<Tidings[]> {
  const id = type === 'CommitmentAmended' ? data.commitmentId : data.priorityId;
  const row = await rowAt(reading, type === 'CommitmentAmended' ? commitment : priority, { id });
  if (!row) return [];
  const lapsed = await rowsAt(reading, report, { where: { subject: id, status: 'accepted', text_version: row.text_version - 1 } });
  const title = await titleOf(reading, id);
  return lapsed.flatMap(({ id: reportId, agenda, reporter: key, period }) => {
    const reporter = reporterOf(key);
    if (!('state' in reporter)) return [];
    return [{ kind: 'lapsed' as const, payload: { report: reportId, subject: id, title, period }, agenda, state: reporter.state, occasion: `${occasion} ${reportId}` }];
  });
}

async function titleOf(reading: Reading, subject: string) {
  const [ofPriority, ofCommitment] = await Promise.all([rowAt(reading, priority, { id: subject }), rowAt(reading, commitment, { id: subject })]);
  return ofPriority?.title ?? ofCommitment?.text ?? { ru: subject };
}

const readingAt = async (side: ReadSide, position: Position): Promise<Reading> => ({
  db: side.db,
  at: await momentOf(side, { asOf: { position }, minPosition: position }),
  viewer: { seesAll: true },
});
