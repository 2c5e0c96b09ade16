/** Asks for one page of audit records, the newest first. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { RecordsQuestion } from '../search';
import { type AuditRecords, listAuditRecords } from '@/lib/api';

export const RECORD_ROWS = 100;

export async function listRecords(
  question: RecordsQuestion,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<AuditRecords> {
  const query = { ...question, cursor, limit: RECORD_ROWS };
  return (await listAuditRecords({ query, signal, throwOnError: true })).data;
}

export function recordsQuery(question: RecordsQuestion, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['audit', 'records', question, cursor],
    queryFn: ({ signal }) => listRecords(question, cursor, signal),
    placeholderData: keepPreviousData,
  });
}

export function useRecords(question: RecordsQuestion, cursor: string | undefined) {
  return useQuery(recordsQuery(question, cursor));
}
