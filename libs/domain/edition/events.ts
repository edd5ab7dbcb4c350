import type { DomainEvent } from '../decider.js';
import type { Instant, StateCode } from '../values.js';
import type { DeliveryChannel, EditionPurpose, Position } from '../vocabulary.js';

/** The ledger's signed word on the log at the moment that an edition froze. */
export type Attestation = {
  /** How many events the ledger's tree held. */
  size: number;
  /** The signed checkpoint (C2SP tlog-checkpoint). */
  note: string;
};

/** The agenda as it stood at a log position was sent to the member states, under a number. */
export type EditionDispatched = DomainEvent<
  'EditionDispatched',
  {
    editionId: string;
    agendaId: string;
    number: number;
    purpose: EditionPurpose;
    /** The log position up to which the agenda is told. */
    logPosition: string;
    /** SHA-256, hexadecimal, of the canonical content (RFC 8785). */
    digest: string;
    recipients: readonly StateCode[];
    /** From then on, silence is no objection. */
    silenceDeadline?: Instant;
    checkpoint?: Attestation;
  }
>;

type OfState = { editionId: string; agendaId: string; state: StateCode };

/** The edition reached a state by one of its channels. */
export type EditionDelivered = DomainEvent<'EditionDelivered', OfState & { channel: DeliveryChannel }>;

/** The edition did not reach a state by one of its channels, and is no longer tried. */
export type EditionDeliveryFailed = DomainEvent<
  'EditionDeliveryFailed',
  OfState & { channel: DeliveryChannel; reason: string; attempts: number }
>;

/** A state confirmed that it has the edition, by the digest of what it received. */
export type EditionAcknowledged = DomainEvent<'EditionAcknowledged', OfState & { digest: string }>;

/** What a state says of the edition. Said again, the later word holds. */
export type PositionStated = DomainEvent<
  'PositionStated',
  OfState & {
    position: Position;
    text?: string;
    /** After the silence deadline. */
    late?: boolean;
    /** Nobody said so: the deadline passed, and the clock recorded it. */
    bySilence?: boolean;
  }
>;

export type EditionEvent =
  | EditionDispatched
  | EditionDelivered
  | EditionDeliveryFailed
  | EditionAcknowledged
  | PositionStated;
