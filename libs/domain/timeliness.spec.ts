import { expect, it } from '@jest/globals';
import { timelinessOf } from './timeliness.js';

const period = { to: '2024-03-31', due: '2024-04-15' };

it.each([
  ['2024-01-01', 'not-due'],
  ['2024-03-31', 'not-due'],
  ['2024-04-01', 'due'],
  ['2024-04-15', 'due'],
  ['2024-04-16', 'overdue'],
  ['2025-01-01', 'overdue'],
])('without a report, on %s it is %s', (today, timeliness) => {
  expect(timelinessOf(period, false, today)).toBe(timeliness);
});

it.each(['2024-01-01', '2024-04-15', '2024-04-16'])('once a report stands, on %s it is received', (today) => {
  expect(timelinessOf(period, true, today)).toBe('received');
});

it('has no days between not due and overdue where reports are due as the period ends', () => {
  expect(timelinessOf({ to: '2024-03-31', due: '2024-03-31' }, false, '2024-04-01')).toBe('overdue');
});
