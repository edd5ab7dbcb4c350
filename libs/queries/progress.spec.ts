import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '#domain/vocabulary.js';
import { latestOfEach, progressOf } from './progress.js';
import type { Report } from './standing-reports.js';

const PERIODS = ['2024-Q1', '2024-Q2'];

const report = (state: string, delivery: Delivery, more: Partial<Report> = {}): Report => ({
  id: `${state}-${more.period ?? '2024-Q1'}`,
  agenda: 'csto-2024',
  subject: 'csto-2024.2.1',
  subject_kind: 'commitment',
  reporter: `state:${state}`,
  period: '2024-Q1',
  delivery,
  percent: null,
  status: 'submitted',
  text_version: 0,
  reported_on: '2024-04-01',
  reported_at: '2024-04-01T00:00:00.000Z',
  first_reported_on: '2024-04-01',
  first_reported_at: '2024-04-01T00:00:00.000Z',
  returned_reason: null,
  accepted_comment: null,
  reviewed_by: null,
  revision: 0,
  ...more,
});
const together = (...deliveries: Delivery[]) => progressOf(deliveries.map((one, i) => report(`S${i}`, one)), PERIODS).delivery;

describe('what reporters say together', () => {
  it('is nothing where nobody reported', () => {
    expect(progressOf([], PERIODS)).toMatchObject({ delivery: null, percent: null, reporters: 0, lastReportedAt: null });
  });

  it('is the gravest of what they say', () => {
    expect(together('on-track', 'blocked', 'completed')).toBe('blocked');
    expect(together('on-track', 'delayed')).toBe('delayed');
    expect(together('on-track', 'not-started')).toBe('on-track');
  });

  it('is completed where all say so, and under way where only some do', () => {
    expect(together('completed', 'completed')).toBe('completed');
    expect(together('completed', 'not-started')).toBe('on-track');
    expect(together('completed', 'on-track')).toBe('on-track');
    expect(together('not-started', 'not-started')).toBe('not-started');
  });

  it('counts each reporter by its latest period, and passes over what was returned', () => {
    const said = [
      report('KG', 'blocked', { percent: 10 }),
      report('KG', 'on-track', { period: '2024-Q2', percent: 40, reported_at: '2024-07-01T00:00:00.000Z' }),
      report('AM', 'completed', { percent: 100 }),
      report('TJ', 'delayed', { status: 'returned', percent: 0 }),
    ];
    expect(progressOf(said, PERIODS)).toEqual({
      delivery: 'on-track',
      percent: 70,
      byDelivery: { 'not-started': 0, 'on-track': 1, delayed: 0, blocked: 0, completed: 1 },
      reporters: 2,
      lastReportedAt: '2024-07-01T00:00:00.000Z',
    });
  });

  it('takes the later period whichever was reported first', () => {
    const [first, second] = [report('KG', 'on-track', { period: '2024-Q2' }), report('KG', 'delayed')];
    for (const reports of [[first, second], [second, first]]) {
      expect(latestOfEach(reports, PERIODS).map(({ period }) => period)).toEqual(['2024-Q2']);
    }
  });
});
