/** What the operations page shows, as its address says it. */
import type { ListQuarantineData, ListRunsData } from '@/lib/api';
import { integer, oneOf, type ScopeSearch, scopeSearch, text } from '@/lib/search';

export const RUN_STATUSES = ['queued', 'running', 'completed', 'failed', 'stopped'] as const;
export const RECORD_STATUSES = ['open', 'replayed', 'dismissed'] as const;

export interface OperationsSearch extends ScopeSearch {
  /** Only runs in this state. */
  runs?: (typeof RUN_STATUSES)[number];
  /** Refused records in this state; without it those that wait for a decision. */
  records?: (typeof RECORD_STATUSES)[number] | 'all';
  source?: string;
  reason?: string;
  /** What is opened in detail. */
  run?: string;
  record?: number;
}

export function operationsSearch(search: Record<string, unknown>): OperationsSearch {
  return {
    ...scopeSearch(search),
    runs: oneOf(RUN_STATUSES, search.runs),
    records: oneOf([...RECORD_STATUSES, 'all'] as const, search.records),
    source: text(search.source),
    reason: text(search.reason),
    run: text(search.run),
    record: integer(search.record),
  };
}

export type RunsQuestion = Pick<NonNullable<ListRunsData['query']>, 'status'>;
export type RecordsQuestion = Omit<NonNullable<ListQuarantineData['query']>, 'before' | 'limit'>;

export function recordsQuestion(search: OperationsSearch): RecordsQuestion {
  const { records = 'open', source, reason } = search;
  return { status: records === 'all' ? undefined : records, source, reason };
}
