import { GRADES, OUTCOMES, type Grade, type Outcome } from '#domain/vocabulary.js';
import { Decision, DecidedChange } from '../doors/decision.js';
import { Instrument, Instruments } from '../doors/instrument.js';
import { Occurrence } from '../doors/occurrence.js';
import { CalendarDay, CommitmentId, Line, Nested, OneOf, Ordinal, Prose, Slug } from '../validation/fields.js';
import { LocalisedLine, LocalisedProse } from '../validation/localised.js';

const SOURCE = { max: 2_000, optional: true, description: 'Where it was said: a reference or an address' };

export class ProposeCommitment extends Occurrence {
  @Ordinal({ description: 'Its place under the priority; unique there', example: 1 })
  number!: number;

  @Nested(() => LocalisedProse)
  text!: LocalisedProse;

  @CalendarDay({ optional: true, example: '2024-11-30' })
  due?: string;

  @Instruments()
  instruments?: Instrument[];

  @Line({ ...SOURCE, example: 'https://www.akorda.kz/ru' })
  source?: string;

  @CommitmentId({ optional: true, description: 'The commitment of an earlier agenda that this one goes on with', example: 'csto-2023.2.1' })
  carriedOverFrom?: string;
}

/** A field that is given has this value from now on; null takes the value away. */
export class AmendCommitment extends Occurrence {
  @Nested(() => LocalisedProse, { optional: true })
  text?: LocalisedProse;

  @Instruments()
  instruments?: Instrument[];

  @Line({ ...SOURCE, nullable: true, example: 'https://www.akorda.kz/ru' })
  source?: string | null;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}

export class RescheduleCommitment extends Occurrence {
  @CalendarDay({ example: '2025-03-31' })
  due!: string;

  @Prose({ max: 5_000, example: 'Срок перенесён по просьбе государств-членов' })
  reason!: string;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}

export class SetMilestone extends Occurrence {
  @Slug({ description: 'Unique within the commitment; said again, the milestone is set anew', example: 'legal-framework' })
  id!: string;

  @Nested(() => LocalisedLine)
  title!: LocalisedLine;

  @CalendarDay({ example: '2024-06-30' })
  due!: string;
}

export class AssessCommitment extends Occurrence {
  @OneOf(GRADES, { example: 'substantial' })
  grade!: Grade;

  @Prose({ max: 5_000, example: 'Четыре из шести государств завершили работу' })
  rationale!: string;

  @Line({ max: 100, description: 'The version of the rubric that the grade was given by', example: '2024.1' })
  rubricVersion!: string;
}

export class CloseCommitment extends DecidedChange {
  @OneOf(OUTCOMES)
  outcome!: Outcome;
}

export class CarryOverCommitment extends DecidedChange {
  @CommitmentId({ description: 'The id that it has, or will have, in the agenda that takes it up', example: 'csto-2025.2.1' })
  to!: string;
}
