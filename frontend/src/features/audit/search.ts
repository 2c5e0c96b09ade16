/** What the audit page shows, as its address says it. */
import { ACTIONS } from './actions';
import type { GetAuditActivityData, ListAuditRecordsData } from '@/lib/api';
import { addDays, type Day } from '@/lib/dates';
import { day, oneOf, type ScopeSearch, scopeSearch, text } from '@/lib/search';

export const VIEWS = ['records', 'activity', 'verification'] as const;
export const KINDS = ['user', 'client', 'source', 'service', 'anonymous'] as const;
export const OUTCOMES = ['success', 'denied', 'failure'] as const;
export const SERVICES = ['ingest', 'aggregator', 'report-api', 'pdf-worker'] as const;

export type View = (typeof VIEWS)[number];

export interface AuditSearch extends ScopeSearch {
  show?: View;
  actor?: string;
  kind?: (typeof KINDS)[number];
  action?: (typeof ACTIONS)[number];
  outcome?: (typeof OUTCOMES)[number];
  service?: (typeof SERVICES)[number];
  /** How the resource begins. */
  resource?: string;
  patient?: string;
  from?: Day;
  to?: Day;
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    ...scopeSearch(search),
    show: oneOf(VIEWS, search.show),
    actor: text(search.actor),
    kind: oneOf(KINDS, search.kind),
    action: oneOf(ACTIONS, search.action),
    outcome: oneOf(OUTCOMES, search.outcome),
    service: oneOf(SERVICES, search.service),
    resource: text(search.resource),
    patient: text(search.patient),
    from: day(search.from),
    to: day(search.to),
  };
}

export type RecordsQuestion = Omit<NonNullable<ListAuditRecordsData['query']>, 'cursor' | 'limit'>;
export type ActivityQuestion = NonNullable<GetAuditActivityData['query']>;

/** Days are those of the reader's own clock: the midnights around them are asked for. */
export function recordsQuestion(search: AuditSearch): RecordsQuestion {
  return {
    actor: search.actor,
    actor_kind: search.kind,
    action: search.action,
    outcome: search.outcome,
    service: search.service,
    resource: search.resource,
    clinic_id: search.clinic,
    patient_id: search.patient,
    occurred_from: search.from && midnight(search.from),
    occurred_before: search.to && midnight(addDays(search.to, 1)),
  };
}

export function activityQuestion(search: AuditSearch): ActivityQuestion {
  return { start_date: search.from, end_date: search.to, clinic_id: search.clinic };
}

function midnight(start: Day): string {
  return new Date(`${start}T00:00:00`).toISOString();
}
