import { BODY_KINDS, type BodyKind } from '#domain/vocabulary.js';
import { Decision } from '../doors/decision.js';
import { Occurrence } from '../doors/occurrence.js';
import { Nested, OneOf, Slug } from '../validation/fields.js';
import { LocalisedLine } from '../validation/localised.js';

export class RegisterBody extends Occurrence {
  @Slug({ example: 'kssb-ct-experts' })
  id!: string;

  @Nested(() => LocalisedLine, { description: 'The official names' })
  names!: LocalisedLine;

  @OneOf(BODY_KINDS, { example: 'working-group' })
  kind!: BodyKind;
}

export class RenameBody extends Occurrence {
  @Nested(() => LocalisedLine, { description: 'All official names from now on' })
  names!: LocalisedLine;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}
