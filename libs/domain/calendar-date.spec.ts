import { describe, expect, it } from '@jest/globals';
import { isCalendarDate } from './calendar-date.js';

describe('A day of the calendar', () => {
  it.each(['2024-01-01', '2024-02-29', '2000-02-29', '2024-12-31', '0001-01-01'])('is %s', (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });

  it.each(['2023-02-29', '1900-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-01-00', '2024-01-32', '0000-12-31'])(
    'is not %s, which the calendar does not have',
    (date) => expect(isCalendarDate(date)).toBe(false),
  );

  it.each(['2024-1-1', '24-01-01', '2024-01-01T00:00:00Z', ' 2024-01-01', '2024-01-01\n', '٢٠٢٤-٠١-٠١', '', 'today'])(
    'is not written %j',
    (date) => expect(isCalendarDate(date)).toBe(false),
  );

  it.each([20240101, null, undefined, new Date(0), ['2024-01-01']])('is not %p, which is no text', (value) => {
    expect(isCalendarDate(value)).toBe(false);
  });
});
