import { CalendarDay, ListOf, Nested } from '../validation/fields.js';
import { nestedKind } from '../validation/kinds.js';
import { LocalisedLine } from '../validation/localised.js';

/** The document or mechanism that a priority or commitment rests on. */
export class Instrument {
  @Nested(() => LocalisedLine)
  title!: LocalisedLine;

  @CalendarDay({ optional: true, example: '2010-03-18' })
  date?: string;
}

/** All of them, where they are given. */
export const Instruments = () => ListOf(nestedKind(() => Instrument), { max: 50, optional: true });
