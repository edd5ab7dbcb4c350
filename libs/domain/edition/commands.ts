import type { DomainCommand } from '../decider.js';
import type { Instant, StateCode } from '../values.js';
import type { EditionPurpose, Position } from '../vocabulary.js';
import type { EditionDelivered, EditionDeliveryFailed } from './events.js';

/** Its number is the next one of the agenda, and what it freezes is a fact of the moment: neither is named in the command. */
export type DispatchEdition = DomainCommand<
  'DispatchEdition',
  {
    agendaId: string;
    purpose: EditionPurpose;
    /** All states that take part, where absent. */
    recipients?: readonly StateCode[];
    silenceDeadline?: Instant;
  }
>;
export type RecordDelivery = DomainCommand<'RecordDelivery', EditionDelivered['data']>;
export type RecordDeliveryFailure = DomainCommand<'RecordDeliveryFailure', EditionDeliveryFailed['data']>;
/** The state is the actor's own, never named in the command. */
export type AcknowledgeEdition = DomainCommand<'AcknowledgeEdition', { editionId: string; digest: string }>;
export type StatePosition = DomainCommand<'StatePosition', { editionId: string; position: Position; text?: string }>;
/** The silence deadline has passed. */
export type RecordSilence = DomainCommand<'RecordSilence', { editionId: string }>;

export type EditionCommand =
  | DispatchEdition
  | RecordDelivery
  | RecordDeliveryFailure
  | AcknowledgeEdition
  | StatePosition
  | RecordSilence;
