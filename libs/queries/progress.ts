import { DELIVERIES, type Delivery } from '#domain/vocabulary.js';
import { counts, type Report } from './standing-reports.js';

/** What the reporters say together. Returned reports say nothing. */
export type Progress = {
  /** The gravest of what they say; `completed` where all say so; null where nobody reported. */
  delivery: Delivery | null;
  /** The mean of the percentages given, rounded; null where none was. */
  percent: number | null;
  /** How many reporters say what. */
  byDelivery: { [D in Delivery]: number };
  reporters: number;
  lastReportedAt: string | null;
};

/** From the gravest on. Where some have completed and others not begun, work is under way. */
const GRAVITY: readonly Delivery[] = ['blocked', 'delayed', 'on-track', 'completed', 'not-started'];

/**
 * Each reporter speaks with its latest period's report on each subject.
 * @param periods the agenda's periods in their order
 */
export function progressOf(reports: readonly Report[], periods: readonly string[]): Progress {
  const latest = latestOfEach(reports.filter(counts), periods);
  const byDelivery = Object.fromEntries(DELIVERIES.map((delivery) => [delivery, 0])) as Progress['byDelivery'];
  for (const { delivery } of latest) byDelivery[delivery]++;
  const percents = latest.flatMap(({ percent }) => percent ?? []);
  return {
    delivery: together(byDelivery, latest.length),
    percent: percents.length === 0 ? null : Math.round(percents.reduce((sum, one) => sum + one, 0) / percents.length),
    byDelivery,
    reporters: new Set(latest.map(({ reporter }) => reporter)).size,
    lastReportedAt: latest.map(({ reported_at }) => reported_at).reduce<string | null>((a, b) => (a !== null && a > b ? a : b), null),
  };
}

function together(by: Progress['byDelivery'], reports: number): Delivery | null {
  if (reports === 0) return null;
  if (by.completed > 0 && by.completed < reports && by.completed + by['not-started'] === reports) return 'on-track';
  return GRAVITY.find((delivery) => by[delivery] > 0)!;
}

/** Of several periods' reports by one reporter on one subject, the last period's. */
export function latestOfEach(reports: readonly Report[], periods: readonly string[]): Report[] {
  const order = new Map(periods.map((period, index) => [period, index]));
  const latest = new Map<string, Report>();
  for (const report of reports) {
    const place = `${report.subject} ${report.reporter}`;
    const other = latest.get(place);
    if (!other || order.get(report.period)! > order.get(other.period)!) latest.set(place, report);
  }
  return [...latest.values()];
}
