import { PARTICIPATIONS, type Participation } from '#domain/vocabulary.js';
import { Decision } from '../doors/decision.js';
import { Occurrence } from '../doors/occurrence.js';
import { CalendarDay, Line, ListOf, Nested, OneOf, Pattern, Slug, State } from '../validation/fields.js';
import { nestedKind, stateKind } from '../validation/kinds.js';
import { LocalisedLine, LocalisedProse } from '../validation/localised.js';

const PERIOD_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?$/;
/** The id of a reporting period, as it stands in agendas and reports. */
export const PeriodId = () =>
  Pattern(PERIOD_ID, 'letters, digits, dots, hyphens and underscores, 32 characters at most, as 2024-Q1', { example: '2024-Q1' });

export class Term {
  @CalendarDay({ example: '2024-01-01' })
  from!: string;

  @CalendarDay({ example: '2024-12-31' })
  to!: string;
}

export class ReportingPeriod {
  @PeriodId()
  id!: string;

  @CalendarDay({ example: '2024-01-01' })
  from!: string;

  @CalendarDay({ example: '2024-03-31' })
  to!: string;

  @CalendarDay({ description: 'The last day on which a report for the period is on time', example: '2024-04-15' })
  due!: string;

  @CalendarDay({ optional: true, description: 'From this day on, after a time of grace, what was reported stays as it is', example: '2024-05-01' })
  lockedFrom?: string;
}

export class OpenAgenda extends Occurrence {
  @Slug({ example: 'csto-2024' })
  id!: string;

  @Line({ max: 200, description: 'The intergovernmental body whose chair rotates', example: 'CSTO' })
  organisation!: string;

  @State({ description: 'The state in the chair', example: 'KZ' })
  chair!: string;

  @Nested(() => LocalisedLine)
  title!: LocalisedLine;

  @Nested(() => Term)
  term!: Term;

  @ListOf(stateKind, { min: 1, max: 200, example: ['AM', 'BY', 'KZ', 'KG', 'RU', 'TJ'] })
  memberStates!: string[];

  @ListOf(nestedKind(() => ReportingPeriod), { max: 120 })
  reportingPeriods!: ReportingPeriod[];
}

export class RecordParticipation extends Occurrence {
  @State({ example: 'AM' })
  state!: string;

  @OneOf(PARTICIPATIONS)
  participation!: Participation;

  @Nested(() => LocalisedProse, { optional: true })
  note?: LocalisedProse;

  @Nested(() => Decision, { optional: true })
  decision?: Decision;
}
