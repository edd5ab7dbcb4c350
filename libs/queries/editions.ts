import { comparePositions } from '#event-store/position.js';
import { edition, editionDelivery, editionRecipient } from '#projections/editions.js';
import type { Row } from '#projections/table.js';
import type { StateCode } from '#domain/values.js';
import { POSITIONS, type EditionPurpose, type Position } from '#domain/vocabulary.js';
import { text } from './language.js';
import { rowAt, rowsAt, type Reading } from './rows.js';
import { stateName } from './state-names.js';

export type Edition = Row<typeof edition>;
type Recipient = Row<typeof editionRecipient>;
type Delivery = Row<typeof editionDelivery>;

/** How far an edition has come with one state. */
export const DISPATCH_STATUSES = ['issued', 'delivered', 'failed', 'acknowledged'] as const;
export type DispatchStatus = (typeof DISPATCH_STATUSES)[number];

type EditionFilter = { readonly agenda?: string; readonly purpose?: EditionPurpose };
type Page = { readonly after?: readonly [agenda: string, number: number]; readonly limit: number };

/** Editions by agenda and number. */
export async function listEditions(reading: Reading, { agenda, purpose }: EditionFilter, { after, limit }: Page) {
  const rows = await rowsAt(reading, edition, { where: { agenda, purpose }, order: ['agenda', 'number'], limit, ...(after && { after }) });
  const recipients = await recipientsOf(reading, rows.map(({ id }) => id));
  return rows.map((row) => ({ ...imprint(row), recipients: recipients.get(row.id) ?? [] }));
}

/** `undefined` where it was not dispatched by the moment. */
export async function findEdition(reading: Reading, id: string): Promise<Edition | undefined> {
  return rowAt(reading, edition, { id });
}

/** What an edition says of itself, and what became of it in each state: all but its content. */
export async function registerOf(reading: Reading, row: Edition) {
  const recipients = await recipientsOf(reading, [row.id]);
  return { ...imprint(row), checkpoint: row.checkpoint, recipients: recipients.get(row.id) ?? [] };
}

/**
 * Who has an edition, who answered what, who is silent, how long is left.
 * @param now RFC 3339: the moment of the question
 */
export async function tallyOf(reading: Reading, row: Edition, now: string) {
  const { recipients } = await registerOf(reading, row);
  const deadline = row.silence_deadline;
  const isOver = deadline !== null && deadline <= now;
  const states = (those: typeof recipients) => those.map(({ state }) => state);
  // What was said too late is told, and does not count.
  const counted = (position: Position) => recipients.filter((one) => (isOver ? one.positionAtDeadline : one.position?.position) === position);
  const hasIt = ({ status, position }: (typeof recipients)[number]) =>
    status === 'delivered' || status === 'acknowledged' || (position !== null && !position.bySilence);
  return {
    id: row.id,
    silenceDeadline: deadline,
    secondsLeft: deadline === null ? null : Math.max(0, Math.ceil((Date.parse(deadline) - Date.parse(now)) / 1000)),
    sentTo: states(recipients),
    has: states(recipients.filter(hasIt)),
    failed: states(recipients.filter(({ status }) => status === 'failed')),
    acknowledged: states(recipients.filter(({ acknowledgedAt }) => acknowledgedAt !== null)),
    positions: POSITIONS.map((position) => ({ position, states: states(counted(position)) })),
    silent: states(recipients.filter(({ position }) => position === null || position.bySilence)),
    late: states(recipients.filter(({ position }) => position?.late === true)),
    recipients,
  };
}

/** The last edition of an agenda that a state acknowledged: the one of the highest number. */
export async function lastAcknowledged(reading: Reading, agenda: string, state: StateCode): Promise<Edition | undefined> {
  const answered = await rowsAt(reading, editionRecipient, { where: { agenda, state } });
  const ids = answered.filter(({ acknowledged_at }) => acknowledged_at !== null).map(({ edition: id }) => id);
  const rows = await rowsAt(reading, edition, { where: { id: ids } });
  return rows.toSorted((a, b) => comparePositions(a.log_position, b.log_position)).at(-1);
}

const imprint = (row: Edition) => ({
  id: row.id,
  agenda: row.agenda,
  number: row.number,
  purpose: row.purpose,
  digest: row.digest,
  frozenAt: row.log_position,
  silenceDeadline: row.silence_deadline,
  dispatchedOn: row.dispatched_on,
  dispatchedAt: row.dispatched_at,
  dispatchedBy: row.dispatched_by,
  revision: row.revision,
});

async function recipientsOf(reading: Reading, ids: readonly string[]) {
  const [recipients, deliveries] = await Promise.all([
    rowsAt(reading, editionRecipient, { where: { edition: ids } }),
    rowsAt(reading, editionDelivery, { where: { edition: ids } }),
  ]);
  const byPlace = Map.groupBy(deliveries, placeOf);
  const shown = recipients
    .toSorted((a, b) => a.ordinal - b.ordinal)
    .map((row) => [row.edition, recipientDocument(row, byPlace.get(placeOf(row)) ?? [])] as const);
  return new Map([...Map.groupBy(shown, ([id]) => id)].map(([id, those]) => [id, those.map(([, recipient]) => recipient)]));
}

const placeOf = ({ edition: id, state }: { edition: string; state: string }): string => `${id} ${state}`;

function recipientDocument(row: Recipient, deliveries: readonly Delivery[]) {
  return {
    state: row.state,
    name: text(stateName(row.state)),
    status: statusOf(row, deliveries),
    deliveries: deliveries.map(({ channel, outcome, reason, settled_at }) => ({ channel, outcome, reason, settledAt: settled_at })),
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    position: row.position && {
      position: row.position,
      text: row.position_text,
      late: row.late!,
      bySilence: row.by_silence!,
      statedOn: row.stated_on!,
      statedAt: row.stated_at!,
      statedBy: row.stated_by!,
    },
    positionAtDeadline: row.position_at_deadline,
  };
}

function statusOf({ acknowledged_at }: Recipient, deliveries: readonly Delivery[]): DispatchStatus {
  if (acknowledged_at !== null) return 'acknowledged';
  if (deliveries.some(({ outcome }) => outcome === 'delivered')) return 'delivered';
  return deliveries.length > 0 ? 'failed' : 'issued';
}
