/** What the revenue page shows, as its address says it. */
import type { GetRevenueData } from '@/lib/api';
import { type Day, type Granularity } from '@/lib/dates';
import { fittingGranularity, type Range, RANGES, spanOf } from '@/lib/ranges';
import { day, oneOf, type ScopeSearch, scopeSearch, text } from '@/lib/search';

export const GRANULARITIES = ['day', 'week', 'month', 'quarter', 'year'] as const;
export const BREAKDOWNS = ['clinic', 'method', 'payer_type', 'category', 'provider'] as const;
export const COMPARISONS = ['previous_period', 'previous_year'] as const;
export const FILTERS = ['method', 'payer_type', 'category', 'provider'] as const;

export type Breakdown = (typeof BREAKDOWNS)[number];
export type Comparison = (typeof COMPARISONS)[number];
export type Filter = (typeof FILTERS)[number];

export interface RevenueSearch extends ScopeSearch, Partial<Record<Filter, string>> {
  range?: Range;
  from?: Day;
  to?: Day;
  by?: Granularity;
  split?: Breakdown;
  compare?: Comparison;
  currency?: string;
  view?: 'table';
}

export function revenueSearch(search: Record<string, unknown>): RevenueSearch {
  return {
    ...scopeSearch(search),
    range: oneOf(RANGES, search.range),
    from: day(search.from),
    to: day(search.to),
    by: oneOf(GRANULARITIES, search.by),
    split: oneOf(BREAKDOWNS, search.split),
    compare: oneOf(COMPARISONS, search.compare),
    currency: text(search.currency),
    view: oneOf(['table'], search.view),
    method: text(search.method),
    payer_type: text(search.payer_type),
    category: text(search.category),
    provider: text(search.provider),
  };
}

export const DEFAULT_RANGE: Range = 'this-month';

export type RevenueQuestion = NonNullable<GetRevenueData['query']>;

/** The question to the API that an address stands for. */
export function revenueQuestion(search: RevenueSearch, today: Day): RevenueQuestion {
  const last = search.as_of ?? today;
  const chosen = { start: search.from, end: search.to };
  const span = spanOf(search.range ?? DEFAULT_RANGE, last, chosen);
  return {
    start_date: span.start,
    end_date: span.end,
    granularity: search.by ?? fittingGranularity(span),
    clinic_id: search.clinic,
    method: search.method,
    payer_type: search.payer_type,
    category: search.category,
    provider: search.provider,
    breakdown: search.split,
    compare: search.compare,
    as_of: search.as_of,
  };
}
