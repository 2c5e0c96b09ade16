/** Receivables, their sums, and one in detail. A test overrides what it is about. */
import { meta } from './answers';
import { entry } from './history';
import type { CurrencySummary, OutstandingSummary, Receivable, ReceivableDetail } from '@/lib/api';

export function summaryOf(currency: string, over: Partial<CurrencySummary> = {}): CurrencySummary {
  return {
    currency,
    outstanding: { amount: 50_001, count: 4 },
    buckets: [
      { bucket: 'current', amount: 20_000, count: 1 },
      { bucket: '1-30', amount: 10_000, count: 1 },
      { bucket: '31-60', amount: 0, count: 0 },
      { bucket: '61-90', amount: 20_000, count: 1 },
      { bucket: 'over_90', amount: 1, count: 1 },
    ],
    in_collections: { amount: 0, count: 0 },
    overpaid: { amount: 700, count: 1 },
    unapplied_credits: { amount: 0, count: 0 },
    credits: [],
    deficits: { amount: 0, count: 0 },
    ...over,
  };
}

export function summary(...currencies: CurrencySummary[]): OutstandingSummary {
  const shown = currencies.length > 0 ? currencies : [summaryOf('USD')];
  const units = shown.map(({ currency }) => ({ currency, exponent: currency === 'JPY' ? 0 : 2 }));
  return { meta: meta({ currencies: units }), basis: 'due_date', currencies: shown };
}

export function receivable(over: Partial<Receivable> = {}): Receivable {
  return {
    clinic_id: 'north',
    invoice_id: 'INV-1',
    patient_id: 'P-1',
    currency: 'USD',
    status: 'overdue',
    in_collections: false,
    payer_type: 'insurance',
    issued_on: '2026-01-02',
    service_date: null,
    due_on: '2026-02-01',
    voided_on: null,
    days_overdue: 58,
    charge: 10_000,
    adjustments: -500,
    landed: 9_499,
    written_off: 0,
    balance: 1,
    buckets: { current: 0, '1-30': 0, '31-60': 1, '61-90': 0, over_90: 0 },
    provider: null,
    category: null,
    ...over,
  };
}

export function detail(over: Partial<ReceivableDetail> = {}): ReceivableDetail {
  return {
    meta: meta({ report: 'receivable' }),
    receivable: receivable(),
    installments: [],
    entries: [entry({ kind: 'charge', amount: 10_000, invoice_id: 'INV-1' })],
    patient_url: null,
    ...over,
  };
}
