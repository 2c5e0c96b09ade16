/** What the outstanding page shows, as its address says it. */
import type { ListOutstandingData, SummarizeOutstandingData } from '@/lib/api';
import { integer, oneOf, type ScopeSearch, scopeSearch, text } from '@/lib/search';

export const BUCKETS = ['current', '1-30', '31-60', '61-90', 'over_90'] as const;
export const BASES = ['due_date', 'service_date', 'issued_on'] as const;
export const STATUSES = [
  'current',
  'overdue',
  'collection',
  'paid',
  'written_off',
  'voided',
  'credit',
] as const;
export const PAYERS = ['patient', 'insurance', 'other'] as const;
export const SORTS = ['due_on', 'balance', 'issued_on', 'patient_id', 'invoice_id'] as const;

export type Bucket = (typeof BUCKETS)[number];
export type Basis = (typeof BASES)[number];
export type Sort = (typeof SORTS)[number];

export interface OutstandingSearch extends ScopeSearch {
  basis?: Basis;
  bucket?: Bucket;
  status?: (typeof STATUSES)[number];
  payer?: (typeof PAYERS)[number];
  patient?: string;
  currency?: string;
  /** Minor units of the currency. */
  min?: number;
  max?: number;
  late_from?: number;
  late_to?: number;
  sort?: Sort;
  order?: 'descending';
  view?: 'table';
  /** The receivable opened in detail, and its clinic. */
  invoice?: string;
  of?: string;
  list?: 'exceptions';
}

export function outstandingSearch(search: Record<string, unknown>): OutstandingSearch {
  return {
    ...scopeSearch(search),
    basis: oneOf(BASES, search.basis),
    bucket: oneOf(BUCKETS, search.bucket),
    status: oneOf(STATUSES, search.status),
    payer: oneOf(PAYERS, search.payer),
    patient: text(search.patient),
    currency: text(search.currency),
    min: integer(search.min),
    max: integer(search.max),
    late_from: integer(search.late_from),
    late_to: integer(search.late_to),
    sort: oneOf(SORTS, search.sort),
    order: oneOf(['descending'], search.order),
    view: oneOf(['table'], search.view),
    invoice: text(search.invoice),
    of: text(search.of),
    list: oneOf(['exceptions'], search.list),
  };
}

export type SummaryQuestion = NonNullable<SummarizeOutstandingData['query']>;
export type ListQuestion = Omit<NonNullable<ListOutstandingData['query']>, 'cursor' | 'limit'>;

/** What is summed up: everything but what chooses among the buckets and rows shown below. */
export function summaryQuestion(search: OutstandingSearch): SummaryQuestion {
  return {
    basis: search.basis,
    clinic_id: search.clinic,
    patient_id: search.patient,
    payer_type: search.payer,
    as_of: search.as_of,
  };
}

export function listQuestion(search: OutstandingSearch, currency: string): ListQuestion {
  return {
    ...summaryQuestion(search),
    currency,
    bucket: search.bucket,
    status: search.status,
    balance_from: search.min,
    balance_to: search.max,
    days_overdue_from: search.late_from,
    days_overdue_to: search.late_to,
    sort: search.sort,
    order: search.order,
  };
}
