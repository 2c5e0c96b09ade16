/** Audit records, activity and proofs. A test overrides what it is about. */
import { account } from './answers';
import type { ActorActivity, AuditEntry, AuditProof } from '@/lib/api';

export function auditor() {
  const permissions = ['audit:read', 'exports', 'outstanding:read', 'revenue:read', 'runs:read'];
  return account({ name: 'audrey', role: 'auditor', permissions });
}

export function auditEntry(over: Partial<AuditEntry> = {}): AuditEntry {
  return {
    sequence: 1_234,
    id: '019ab6a0-7c00-7000-8000-0000000000e1',
    occurred_at: '2026-03-31T16:00:00Z',
    service: 'report-api',
    action: 'report.viewed',
    outcome: 'success',
    actor_kind: 'user',
    actor: 'ada',
    role: 'finance',
    resource: 'GET /api/v1/reports/patients/P-1001/history',
    clinic_ids: ['north'],
    patient_ids: ['P-1001'],
    remote: '127.0.0.1',
    request_id: '019ab6a0-7c00-7000-8000-0000000000e2',
    trace_id: 'ab'.repeat(16),
    count: 1,
    details: { rows: 12 },
    ...over,
  };
}

export function activity(over: Partial<ActorActivity> = {}): ActorActivity {
  return {
    actor_kind: 'user',
    actor: 'ada',
    acts: 400,
    looks: 321,
    searches: 20,
    downloads: 3,
    patients: 412,
    denials: 2,
    failures: 0,
    active_days: 5,
    busiest_day: '2026-03-30',
    busiest_looks: 160,
    usual_looks: 40,
    unusual: [],
    ...over,
  };
}

export function proof(over: Partial<AuditProof> = {}): AuditProof {
  return {
    verdict: 'intact',
    first_sequence: 1,
    last_sequence: 12_345,
    verified_from: 2_346,
    verified_through: 12_345,
    finding: null,
    sources: [
      {
        source: 'file',
        outside: true,
        compared: 10,
        invalid: 0,
        last_sequence: 12_300,
        last_sealed_at: '2026-03-31T15:59:00Z',
      },
    ],
    last_full_run: null,
    ...over,
  };
}
