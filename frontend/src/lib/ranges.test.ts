import { describe, expect, it } from 'vitest';
import { isDay, periodFormat, todayIn } from './dates';
import { fittingGranularity, spanOf } from './ranges';

describe('a named range', () => {
  it.each([
    ['this-month', '2026-03-01', '2026-03-31'],
    ['last-month', '2026-02-01', '2026-02-28'],
    ['last-30-days', '2026-03-02', '2026-03-31'],
    ['this-quarter', '2026-01-01', '2026-03-31'],
    ['last-quarter', '2025-10-01', '2025-12-31'],
    ['this-year', '2026-01-01', '2026-03-31'],
    ['last-year', '2025-01-01', '2025-12-31'],
    ['last-12-months', '2025-04-01', '2026-03-31'],
  ] as const)('%s is %s to %s', (range, start, end) => {
    expect(spanOf(range, '2026-03-31')).toEqual({ start, end });
  });

  it('knows the leap day', () => {
    expect(spanOf('last-month', '2028-03-15')).toEqual({ start: '2028-02-01', end: '2028-02-29' });
  });

  it('takes chosen days as they are', () => {
    const chosen = { start: '2024-01-05', end: '2024-02-06' };

    expect(spanOf('custom', '2026-03-31', chosen)).toEqual(chosen);
  });
});

describe('a span', () => {
  it.each([
    ['2026-03-01', '2026-03-31', 'day'],
    ['2026-01-01', '2026-05-31', 'week'],
    ['2025-01-01', '2026-12-31', 'month'],
    ['2018-01-01', '2026-12-31', 'quarter'],
    ['1990-01-01', '2026-12-31', 'year'],
  ])('from %s to %s is drawn by %s', (start, end, granularity) => {
    expect(fittingGranularity({ start, end })).toBe(granularity);
  });
});

describe('a day', () => {
  it.each(['2026-02-30', '2026-2-3', 'today', 20260101, null])('is not %s', (value) => {
    expect(isDay(value)).toBe(false);
  });

  it('of several clinics is the latest today', () => {
    const now = new Date('2026-03-31T20:00:00Z');

    expect(todayIn(['America/New_York', 'Asia/Tokyo'], now)).toBe('2026-04-01');
    expect(todayIn(['America/New_York'], now)).toBe('2026-03-31');
  });

  it('labels its period', () => {
    expect(periodFormat('en-US', 'quarter')('2026-04-01')).toBe('Q2 2026');
    expect(periodFormat('en-US', 'month')('2026-04-01')).toBe('Apr 2026');
  });
});
