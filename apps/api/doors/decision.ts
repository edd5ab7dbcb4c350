import { CalendarDay, Line, Nested, Prose } from '../validation/fields.js';
import { Occurrence } from './occurrence.js';

/** The reference under which something was agreed or changed. */
export class Decision {
  @Line({ max: 200, description: 'The body that decided: a registered body’s id, or its name', example: 'skb' })
  body!: string;

  @CalendarDay()
  date!: string;

  @Line({ max: 100, optional: true, example: '12' })
  number?: string;

  @Line({ max: 100, optional: true, example: '3.1' })
  paragraph?: string;
}

export class Agreement extends Occurrence {
  @Nested(() => Decision)
  decision!: Decision;
}

/** A change of lifecycle that only a decision can bring about. */
export class DecidedChange extends Agreement {
  @Prose({ max: 5_000, optional: true, example: 'По итогам заседания' })
  reason?: string;
}

/** A change that a decision may stand behind. */
export class ReasonedChange extends Occurrence {
  @Prose({ max: 5_000, optional: true, example: 'Заменено новой редакцией' })
  reason?: string;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}
