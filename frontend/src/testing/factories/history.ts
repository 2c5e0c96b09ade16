/** Histories of patients. A test overrides what it is about. */
import { meta } from './answers';
import type { HistoryEntry, HistoryReport, PatientTotals } from '@/lib/api';

let told = 0;

export function entry(over: Partial<HistoryEntry> = {}): HistoryEntry {
  told += 1;
  return {
    business_date: '2026-03-01',
    occurred_at: '2026-03-01T12:00:00Z',
    source: 'test',
    event_id: `event-${told}`,
    leg: 0,
    clinic_id: 'north',
    kind: 'payment',
    amount: 1_000,
    currency: 'USD',
    payment_id: null,
    payment_status: null,
    partially_refunded: null,
    disputed: null,
    invoice_id: null,
    invoice_status: null,
    fact_id: null,
    method: null,
    payer_type: null,
    provider: null,
    category: null,
    reason: null,
    service_date: null,
    due_on: null,
    installments: null,
    received_at: null,
    balance: 0,
    ...over,
  };
}

export function patientTotals(over: Partial<PatientTotals> = {}): PatientTotals {
  return {
    currency: 'USD',
    charged: 10_000,
    adjustments: 0,
    voids: 0,
    written_off: 0,
    invoice_count: 1,
    paid: 9_999,
    payment_count: 1,
    payment_corrections: 0,
    refunded: 0,
    chargebacks: 0,
    outstanding: 1,
    overpaid: 0,
    unapplied: 0,
    deficits: 0,
    balance: 1,
    ...over,
  };
}

export function history(over: Partial<HistoryReport> = {}): HistoryReport {
  return {
    meta: meta({ report: 'history', interval: null }),
    patient_id: 'P-1',
    entries: [
      entry({
        kind: 'charge',
        amount: 10_000,
        invoice_id: 'INV-1',
        invoice_status: 'overdue',
        balance: 10_000,
      }),
      entry({
        business_date: '2026-03-05',
        amount: 9_999,
        payment_id: 'PAY-1',
        payment_status: 'paid',
        balance: 1,
      }),
    ],
    totals: [patientTotals()],
    page: { limit: 1000, next: null },
    ...over,
  };
}
