import type { CalendarDate, ReportingPeriod } from './values.js';
import type { Timeliness } from './vocabulary.js';

/**
 * How a report for this period stands on a day: while the period runs it is not due, after it until its due day it is
 * due, then overdue; once a report stands it is received, early or late.
 */
export function timelinessOf(
  period: Pick<ReportingPeriod, 'to' | 'due'>,
  received: boolean,
  today: CalendarDate,
): Timeliness {
  if (received) return 'received';
  if (today <= period.to) return 'not-due';
  return today <= period.due ? 'due' : 'overdue';
}
