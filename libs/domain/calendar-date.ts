import type { CalendarDate } from './values.js';

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether this is a day that the (proleptic Gregorian) calendar has, written `YYYY-MM-DD`. It has no year 0, nor has PostgreSQL. */
export function isCalendarDate(value: unknown): value is CalendarDate {
  if (typeof value !== 'string') return false;
  const [year, month, day] = (PATTERN.exec(value) ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leapDay = month === 2 && isLeap(year) ? 1 : 0;
  return year >= 1 && day >= 1 && day <= (DAYS[month - 1] ?? 0) + leapDay;
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
