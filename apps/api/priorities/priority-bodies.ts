import { Decision } from '../doors/decision.js';
import { Instrument, Instruments } from '../doors/instrument.js';
import { Occurrence } from '../doors/occurrence.js';
import { Line, Nested, Ordinal } from '../validation/fields.js';
import { LocalisedLine, LocalisedProse } from '../validation/localised.js';

const SOURCE = { max: 2_000, optional: true, description: 'Where it was said: a reference or an address' };

export class ProposePriority extends Occurrence {
  @Ordinal({ description: 'Its place in the agenda; unique there', example: 2 })
  number!: number;

  @Nested(() => LocalisedLine)
  title!: LocalisedLine;

  @Nested(() => LocalisedProse, { optional: true })
  summary?: LocalisedProse;

  @Instruments()
  instruments?: Instrument[];

  @Line({ ...SOURCE, example: 'https://www.akorda.kz/ru' })
  source?: string;
}

/** A field that is given has this value from now on; null takes the value away. */
export class AmendPriority extends Occurrence {
  @Nested(() => LocalisedLine, { optional: true })
  title?: LocalisedLine;

  @Nested(() => LocalisedProse, { optional: true, nullable: true })
  summary?: LocalisedProse | null;

  @Instruments()
  instruments?: Instrument[];

  @Line({ ...SOURCE, nullable: true, example: 'https://www.akorda.kz/ru' })
  source?: string | null;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}
