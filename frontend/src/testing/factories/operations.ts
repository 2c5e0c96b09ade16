/** Runs and refused records. A test overrides what it is about. */
import { account } from './answers';
import type { QuarantinedRecord, Run } from '@/lib/api';

export function admin() {
  const { permissions } = account();
  return account({
    name: 'root',
    role: 'admin',
    permissions: [...permissions, 'runs:decide', 'clinics:manage'],
  });
}

export function run(over: Partial<Run> = {}): Run {
  return {
    run_id: '019ab6a0-7c00-7000-8000-0000000000f1',
    source: 'urn:harbor:billing',
    mode: 'incremental',
    status: 'completed',
    started_by: 'schedule',
    queued_at: '2026-03-31T15:59:00Z',
    started_at: '2026-03-31T15:59:01Z',
    ended_at: '2026-03-31T16:00:31Z',
    duration_seconds: 90,
    from_date: null,
    to_date: null,
    expected: 1_200,
    read: 1_200,
    published: 37,
    unchanged: 1_161,
    deleted: 0,
    quarantined: 2,
    data_through: '2026-03-31T15:58:31Z',
    lag_seconds: 120,
    cancel_requested_by: null,
    error: null,
    reports_stopped: null,
    reconciliation: null,
    ...over,
  };
}

export function reconciliation(matches: boolean): NonNullable<Run['reconciliation']> {
  const book = { book: 'payment', currency: 'USD', source_count: 3, source_amount: 12_345 };
  const ledger = { ledger_count: matches ? 3 : 2, ledger_amount: matches ? 12_345 : 12_000 };
  return {
    reconciliation_id: '019ab6a0-7c00-7000-8000-0000000000a1',
    ended_at: '2026-03-31T16:01:00Z',
    matches,
    difference_count: matches ? 0 : 1,
    books: [{ ...book, ...ledger }],
    differences: matches ? [] : [{ ...book, ...ledger, day: '2026-03-30' }],
  };
}

export function record(over: Partial<QuarantinedRecord> = {}): QuarantinedRecord {
  return {
    quarantine_id: 17,
    topic: 'payment-intake',
    kafka_partition: 0,
    kafka_offset: 1523,
    recorded_at: '2026-03-31T15:00:00Z',
    reason: 'currency_invalid',
    problem: 'the currency is not one of ISO 4217',
    digest: 'cd'.repeat(32),
    source: 'urn:harbor:billing',
    event_id: 'evt-1',
    event_type: 'payment.succeeded',
    fields: { payment_id: 'PAY-1', amount: 1_000, currency: 'XXQ' },
    status: 'open',
    decided_by: null,
    decided_at: null,
    dismissed_as: null,
    became: null,
    ...over,
  };
}
