import { wellFormedOnly } from '../fold.js';
import { boolean, listOf, number, oneOf, optional, record, text, type Shapes } from '../shape.js';
import type { Instant, StateCode } from '../values.js';
import { DELIVERY_CHANNELS, EDITION_PURPOSES, POSITIONS, type DeliveryChannel, type EditionPurpose, type Position } from '../vocabulary.js';
import type { Attestation, EditionEvent } from './events.js';

export type Edition = {
  readonly id: string;
  readonly agendaId: string;
  readonly number: number;
  readonly purpose: EditionPurpose;
  readonly logPosition: string;
  readonly digest: string;
  readonly checkpoint?: Attestation;
  readonly silenceDeadline?: Instant;
  /** Of every state that it was sent to, and of no other. */
  readonly recipients: ReadonlyMap<StateCode, Recipient>;
};

export type Recipient = {
  readonly deliveries: ReadonlyMap<DeliveryChannel, Delivery>;
  readonly acknowledged: boolean;
  readonly stated?: StatedPosition;
};

export type Delivery = { readonly outcome: 'delivered' | 'failed'; readonly reason?: string };

export type StatedPosition = {
  readonly position: Position;
  readonly text?: string;
  readonly late: boolean;
  readonly bySilence: boolean;
};

/** `undefined` until it is dispatched. */
export type EditionState = Edition | undefined;

const ofState = { editionId: text, agendaId: text, state: text };

const SHAPES: Shapes<EditionEvent> = {
  EditionDispatched: record({
    editionId: text,
    agendaId: text,
    number,
    purpose: oneOf(EDITION_PURPOSES),
    logPosition: text,
    digest: text,
    recipients: listOf(text),
    silenceDeadline: optional(text),
    checkpoint: optional(record<Attestation>({ size: number, note: text })),
  }),
  EditionDelivered: record({ ...ofState, channel: oneOf(DELIVERY_CHANNELS) }),
  EditionDeliveryFailed: record({ ...ofState, channel: oneOf(DELIVERY_CHANNELS), reason: text, attempts: number }),
  EditionAcknowledged: record({ ...ofState, digest: text }),
  PositionStated: record({
    ...ofState,
    position: oneOf(POSITIONS),
    text: optional(text),
    late: optional(boolean),
    bySilence: optional(boolean),
  }),
};

const NOT_YET: Recipient = { deliveries: new Map(), acknowledged: false };

export const evolveEdition = wellFormedOnly<EditionState, EditionEvent>(SHAPES, (edition, { type, data }) => {
  if (type === 'EditionDispatched') {
    if (edition) return edition;
    const { editionId: id, recipients, ...said } = data;
    return { id, ...said, recipients: new Map(recipients.map((state) => [state, NOT_YET])) };
  }
  const recipient = edition?.recipients.get(data.state);
  if (!edition || !recipient) return edition;
  const now = (changes: Partial<Recipient>): Edition => ({
    ...edition,
    recipients: new Map(edition.recipients).set(data.state, { ...recipient, ...changes }),
  });
  switch (type) {
    case 'EditionDelivered':
      return now({ deliveries: new Map(recipient.deliveries).set(data.channel, { outcome: 'delivered' }) });
    case 'EditionDeliveryFailed':
      return now({ deliveries: new Map(recipient.deliveries).set(data.channel, { outcome: 'failed', reason: data.reason }) });
    case 'EditionAcknowledged':
      return now({ acknowledged: true });
    case 'PositionStated': {
      const { position, text, late = false, bySilence = false } = data;
      return now({ stated: { position, text, late, bySilence } });
    }
  }
});
