import { DELIVERIES, LANGUAGES, type Delivery, type Language } from '#domain/vocabulary.js';
import { PeriodId } from '../agendas/agenda-bodies.js';
import { Occurrence } from '../doors/occurrence.js';
import { Line, ListOf, OneOf, Pattern, Prose, WebAddress, Whole } from '../validation/fields.js';
import { nestedKind } from '../validation/kinds.js';

const DIGEST = { optional: true, example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' };

export class Evidence {
  @Line({ max: 500, example: 'Протокол заседания' })
  title!: string;

  @WebAddress()
  url!: string;

  @Pattern(/^[0-9a-f]{64}$/, 'a SHA-256 digest of 64 lower-case hexadecimal digits', DIGEST)
  sha256?: string;
}

/** What a state or body says of a priority or commitment for one period. */
export class ProgressReport extends Occurrence {
  @PeriodId()
  period!: string;

  @OneOf(DELIVERIES, { example: 'on-track' })
  delivery!: Delivery;

  @Whole({ min: 0, max: 100, optional: true, example: 40 })
  percent?: number;

  @Prose({ max: 20_000, example: 'Проект соглашения внесён в парламент' })
  narrative!: string;

  @OneOf(LANGUAGES, { description: 'Of the narrative, the obstacles and the next steps' })
  language!: Language;

  @Prose({ max: 20_000, optional: true, example: 'Ожидается согласование двух ведомств' })
  obstacles?: string;

  @Prose({ max: 20_000, optional: true, example: 'Ратификация во втором квартале' })
  nextSteps?: string;

  @ListOf(nestedKind(() => Evidence), { max: 50, optional: true })
  evidence?: Evidence[];
}

export class ReturnReport extends Occurrence {
  @Prose({ max: 5_000, example: 'Укажите реквизиты принятого документа' })
  reason!: string;
}

export class AcceptReport extends Occurrence {
  @Prose({ max: 5_000, optional: true, example: 'Принято к сведению' })
  comment?: string;
}
