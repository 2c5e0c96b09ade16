/** Who is signed in, and the meta of every answer. A test overrides what it is about. */
import type { Account, Meta, Metric } from '@/lib/api';

const PERMISSIONS = ['exports', 'history:read', 'outstanding:patients', 'outstanding:read'];

export function account(over: Partial<Account> = {}): Account {
  return {
    name: 'ada',
    role: 'finance',
    permissions: [...PERMISSIONS, 'revenue:read', 'runs:read'],
    clinics: [
      { clinic_id: 'north', name: 'North Clinic', time_zone: 'America/New_York' },
      { clinic_id: 'south', name: 'South Clinic', time_zone: 'America/New_York' },
    ],
    ...over,
  };
}

export function staff(): Account {
  return account({ name: 'sam', role: 'staff', permissions: PERMISSIONS });
}

export function meta(over: Partial<Meta> = {}): Meta {
  return {
    report: 'revenue',
    as_of: '2026-03-31',
    interval: { start_date: '2026-03-01', end_date: '2026-03-31' },
    basis: 'business_date',
    amounts: 'integer minor units',
    currencies: [{ currency: 'USD', exponent: 2 }],
    clinics: [],
    time_zones: ['America/New_York'],
    watermark: '0:12,1:9',
    data_through: '2026-03-31T16:00:00Z',
    stale: false,
    stale_reasons: [],
    answered_at: '2026-03-31T16:00:01Z',
    definitions: [{ id: 'net_payments', version: 1 }],
    reconciliation: null,
    digest: 'ab'.repeat(32),
    ...over,
  };
}

export function metric(id: string): Metric {
  return {
    id,
    version: 3,
    unit: 'minor units',
    formula: `how ${id} is made`,
    inclusion: 'all',
    source: 'a test',
  };
}
