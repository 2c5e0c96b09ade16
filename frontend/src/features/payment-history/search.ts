/** What the patients page shows, as its address says it; a name searched for is never in it. */
import type { GetPatientHistoryData } from '@/lib/api';
import { type Day } from '@/lib/dates';
import { day, oneOf, type ScopeSearch, scopeSearch, text } from '@/lib/search';

export const PAYMENT_STATUSES = ['paid', 'pending', 'failed', 'refunded'] as const;
export const INVOICE_STATUSES = [
  'current',
  'overdue',
  'collection',
  'paid',
  'written_off',
  'voided',
  'credit',
] as const;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

export interface PatientsSearch extends ScopeSearch {
  patient?: string;
  from?: Day;
  to?: Day;
  /** Statuses with commas between. */
  payment?: string;
  invoice?: string;
  order?: 'oldest';
}

export function patientsSearch(search: Record<string, unknown>): PatientsSearch {
  return {
    ...scopeSearch(search),
    patient: text(search.patient),
    from: day(search.from),
    to: day(search.to),
    payment: listed(PAYMENT_STATUSES, search.payment),
    invoice: listed(INVOICE_STATUSES, search.invoice),
    order: oneOf(['oldest'], search.order),
  };
}

export type HistoryQuestion = Omit<NonNullable<GetPatientHistoryData['query']>, 'cursor' | 'limit'>;

export function historyQuestion(search: PatientsSearch): HistoryQuestion {
  return {
    start_date: search.from,
    end_date: search.to,
    clinic_id: search.clinic,
    payment_status: search.payment,
    invoice_status: search.invoice,
    as_of: search.as_of,
  };
}

/** Add a value to a list with commas between, or take it out again. */
export function toggled(list: string | undefined, value: string): string | undefined {
  const values = list?.split(',') ?? [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.length > 0 ? next.join(',') : undefined;
}

function listed(choices: readonly string[], value: unknown): string | undefined {
  const known = text(value)
    ?.split(',')
    .filter((one) => oneOf(choices, one));
  return known?.length ? known.join(',') : undefined;
}

/** Whether a text looks like an id: only then may it stand in an address. Names hardly have digits. */
export function looksLikeId(typed: string): boolean {
  return /^[!-~]{1,128}$/.test(typed) && /\d/.test(typed);
}
