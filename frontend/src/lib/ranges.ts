/** Ranges people ask for by name; a saved address keeps meaning "this month" next month. */
import { addDays, addMonths, type Day, daysBetween, type Granularity, startOf } from './dates';

export const RANGES = [
  'this-month',
  'last-month',
  'last-30-days',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
  'last-12-months',
  'custom',
] as const;
export type Range = (typeof RANGES)[number];

export interface Span {
  start: Day;
  end: Day;
}

/** The days a named range means today; `custom` is what was chosen, with this month for what was not. */
export function spanOf(range: Range, today: Day, chosen: Partial<Span> = {}): Span {
  const month = startOf('month', today);
  const quarter = startOf('quarter', today);
  const year = startOf('year', today);
  switch (range) {
    case 'this-month':
      return { start: month, end: today };
    case 'last-month':
      return { start: addMonths(month, -1), end: addDays(month, -1) };
    case 'last-30-days':
      return { start: addDays(today, -29), end: today };
    case 'this-quarter':
      return { start: quarter, end: today };
    case 'last-quarter':
      return { start: addMonths(quarter, -3), end: addDays(quarter, -1) };
    case 'this-year':
      return { start: year, end: today };
    case 'last-year':
      return { start: addMonths(year, -12), end: addDays(year, -1) };
    case 'last-12-months':
      return { start: addMonths(month, -11), end: today };
    case 'custom': {
      const end = chosen.end ?? today;
      return { start: chosen.start ?? startOf('month', end), end };
    }
  }
}

/** The granularity that draws a span as some dozens of points. */
export function fittingGranularity({ start, end }: Span): Granularity {
  const days = daysBetween(start, end) + 1;
  if (days <= 62) return 'day';
  if (days <= 190) return 'week';
  if (days <= 1200) return 'month';
  return days <= 4000 ? 'quarter' : 'year';
}
