import { EDITION_PURPOSES, POSITIONS, type EditionPurpose, type Position } from '#domain/vocabulary.js';
import { Occurrence } from '../doors/occurrence.js';
import { Deadline, ListOf, OneOf, Pattern, Prose } from '../validation/fields.js';
import { stateKind } from '../validation/kinds.js';

export class DispatchEdition extends Occurrence {
  @OneOf(EDITION_PURPOSES)
  purpose!: EditionPurpose;

  @ListOf(stateKind, { max: 200, optional: true, description: 'The states that it goes to; all that take part where absent', example: ['AM', 'KG'] })
  recipients?: string[];

  @Deadline({
    optional: true,
    description: 'From then on silence is no objection. A day stands for its end in UTC.',
    example: '2099-03-12T18:00:00Z',
  })
  silenceDeadline?: string;
}

export class AcknowledgeEdition extends Occurrence {
  @Pattern(/^[0-9a-fA-F]{64}$/, 'the SHA-256 digest of the content that was received, 64 hexadecimal digits', {
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
  digest!: string;
}

export class StatePosition extends Occurrence {
  @OneOf(POSITIONS)
  position!: Position;

  @Prose({ max: 20_000, optional: true, example: 'Предлагаем уточнить срок по пункту 2.1.' })
  text?: string;
}
